/** What one stage of a step shows: items, scores, a loss or layers. It picks the tensors, and must not know the run. */
import type { Stage } from "../../state/slowStages.ts";
import type {
  JudgedItems,
  SlowDiscriminatorUpdate,
  SlowGeneratorUpdate,
  SlowStep,
} from "../../worker/questions/slowStep.question.ts";
import { formatMeasurement } from "../numbers.ts";
import { Items, type ItemsProps } from "./Items.tsx";
import { LayerBars } from "./LayerBars.tsx";
import { LossTable } from "./LossTable.tsx";
import styles from "./StageView.module.css";

interface StageViewProps {
  readonly stage: Stage;
  readonly step: SlowStep;
}

export function StageView({ stage, step }: StageViewProps) {
  const update = step[stage.player];
  return update === null ? null : <Sight stage={stage} step={step} update={update} />;
}

interface SightProps extends StageViewProps {
  readonly update: SlowDiscriminatorUpdate | SlowGeneratorUpdate;
}

function Sight({ stage, step: { dataShape, latentDim, batchSize }, update }: SightProps) {
  const { carried: count, classes, disguise } = update;
  const fakes = { name: "fake", look: "fake", shape: dataShape, count, ...namedBy(classes?.fake) } as const;
  const reals = { name: "real", look: "real", shape: dataShape, count, ...namedBy(classes?.real) } as const;
  const told = "told" in update ? update.told : null;
  switch (stage.sight) {
    case "noise":
      return (
        <Items
          name="noise"
          look="noise"
          values={update.z}
          shape={[latentDim]}
          count={count}
          {...namedBy(classes?.fake)}
        />
      );
    case "fakes":
      return <Items {...fakes} values={update.fake} />;
    case "reals":
      return update.real && <Items {...reals} values={update.real} />;
    case "disguises":
      return (
        disguise && (
          <div className={styles.rows}>
            {disguise.real && <Items {...reals} values={disguise.real} />}
            <Items {...fakes} values={disguise.fake} />
          </div>
        )
      );
    case "scores":
      return (
        <div className={styles.rows}>
          {update.real && update.reals && (
            <Scored
              title="Real"
              judged={update.reals}
              items={{ ...reals, values: disguise?.real ?? update.real }}
              batchSize={batchSize}
            />
          )}
          <Scored
            title="Fake"
            judged={update.fakes}
            items={{ ...fakes, values: disguise?.fake ?? update.fake }}
            batchSize={batchSize}
          />
        </div>
      );
    case "loss":
      return <LossTable update={update} />;
    case "told":
      return (
        <div className={styles.rows}>
          {/* Points stand in the picture of what they are told. */}
          {dataShape.length > 1 && <Items {...fakes} values={update.fake} />}
          {told && (
            <Items name="change to fake" look="told" values={told} at={update.fake} shape={dataShape} count={count} />
          )}
        </div>
      );
    case "gradients":
      return (
        <LayerBars
          name="Length of the gradient"
          player={stage.player}
          rows={update.layers.map((layer) => ({ ...layer, value: layer.gradientNorm }))}
        />
      );
    case "moves":
      return (
        <LayerBars
          name="How far the weights moved"
          player={stage.player}
          rows={update.layers.map((layer) => ({ ...layer, value: layer.moved, of: layer.weightNorm }))}
        />
      );
    default:
      return stage.sight satisfies never;
  }
}

/** Names of classes for items, where there are any. */
function namedBy(names: readonly string[] | null | undefined) {
  return names ? { classes: names } : {};
}

interface ScoredProps {
  readonly title: string;
  readonly judged: JudgedItems;
  readonly items: ItemsProps;
  readonly batchSize: number;
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

function Scored({ title, judged, items, batchSize }: ScoredProps) {
  const scores = [...judged.logits].map(sigmoid);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return (
    <div>
      <p className={styles.hint}>
        {title}: {formatMeasurement(mean, 2)} on average of {batchSize}
      </p>
      <Items {...items} scores={scores} />
    </div>
  );
}
