/** A loss, term by term: its formulas, what each is worth, and the sum. It knows no network. */
import type {
  JudgedItems,
  SlowDiscriminatorUpdate,
  SlowGeneratorUpdate,
} from "../../worker/questions/slowStep.question.ts";
import { formatMeasurement } from "../numbers.ts";
import styles from "./LossTable.module.css";

/** As the losses define them, of a logit l and a target t. */
const FORMULAS: Readonly<Record<JudgedItems["goal"]["term"], string>> = {
  crossEntropy: "log(1 + eˡ) − t·l",
  squaredDistance: "½ (l − t)²",
  hinge: "max(0, 1 − t·l)",
  linear: "t·l",
};

interface LossTableProps {
  readonly update: SlowDiscriminatorUpdate | SlowGeneratorUpdate;
}

export function LossTable({ update }: LossTableProps) {
  const { reals, fakes, classLoss } = update;
  const penalty = "penalty" in update ? update.penalty : null;
  const flips = "flips" in update ? update.flips : null;
  const together = [flips?.cost, penalty, classLoss].reduce<number>((sum, term) => sum + (term ?? 0), update.loss);
  return (
    <table className={styles.loss} aria-label="Loss, term by term">
      <thead>
        <tr>
          <th scope="col">Term</th>
          <th scope="col">Formula, on average</th>
          <th scope="col">Target t</th>
          <th scope="col">Worth</th>
        </tr>
      </thead>
      <tbody>
        {reals !== null && <Term name="real" judged={reals} />}
        <Term name="fake" judged={fakes} />
        {flips !== null && (
          <Addition
            name="flipped labels"
            what={`${String(flips.real)} real, ${String(flips.fake)} fake`}
            worth={flips.cost}
          />
        )}
        {penalty !== null && <Addition name="gradient penalty" worth={penalty} />}
        {classLoss !== null && <Addition name="classes" what="−log p(class), weighted" worth={classLoss} />}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">together</th>
          <td />
          <td />
          <td>{formatMeasurement(together)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

interface AdditionProps {
  readonly name: string;
  readonly what?: string;
  readonly worth: number;
}

/** What comes on top of the loss, and has no target. */
function Addition({ name, what, worth }: AdditionProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{what}</td>
      <td />
      <td>{formatMeasurement(worth)}</td>
    </tr>
  );
}

function Term({ name, judged: { goal, target, costs } }: { readonly name: string; readonly judged: JudgedItems }) {
  const formula = FORMULAS[goal.term];
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{goal.weight === -1 ? `−(${formula})` : formula}</td>
      <td>{target}</td>
      <td>{formatMeasurement(costs.reduce((sum, cost) => sum + cost, 0) / costs.length)}</td>
    </tr>
  );
}
