/** How a game went: a person beside the discriminator, on the same images. It knows one round and what was guessed. */
import { formatCount } from "../../shared/counts.ts";
import { accuracyOf, confusionOf, KINDS, ROUND_LENGTH, type Confusion, type Kind } from "../../state/guessing.ts";
import { useDuel, useGame } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import styles from "../explore/Tool.module.css";
import { Picture } from "../explore/Picture.tsx";
import endStyles from "./GameEnd.module.css";

export function GameEnd({ onAgain }: { readonly onAgain: () => void }) {
  const { game } = useDuel();
  const round = useGame((state) => state.round);
  const guesses = useGame((state) => state.guesses);
  if (round === null) return null;
  const { step, images, truths, discriminator } = round;
  const person = confusionOf(truths, guesses);
  const rival = confusionOf(truths, discriminator);
  return (
    <>
      <p role="status">
        You told {rightOf(person)} of {ROUND_LENGTH} rightly, the discriminator {rightOf(rival)}, after{" "}
        {formatCount(step)} {step === 1 ? "step" : "steps"}.
      </p>
      <div className={endStyles.tables}>
        <ConfusionTable who="You" confusion={person} />
        <ConfusionTable who="Discriminator" confusion={rival} />
      </div>
      <ul aria-label="All images of the game" className={endStyles.images}>
        {truths.map((truth, index) => (
          <li key={index}>
            <Picture name="" images={images} index={index} />
            <b data-kind={truth}>{truth}</b>
            <Said who="you" kind={guesses[index]} truth={truth} />
            <Said who="D" kind={discriminator[index]} truth={truth} />
          </li>
        ))}
      </ul>
      <div className={styles.row}>
        <Button look="primary" onClick={onAgain}>
          Play again
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            game.leave();
          }}
        >
          Put away
        </Button>
      </div>
    </>
  );
}

interface SaidProps {
  readonly who: string;
  readonly kind: Kind | undefined;
  readonly truth: Kind;
}

function Said({ who, kind, truth }: SaidProps) {
  return (
    <span data-wrong={kind !== truth}>
      {who}: {kind}
    </span>
  );
}

function rightOf(confusion: Confusion): number {
  return Math.round(accuracyOf(confusion) * ROUND_LENGTH);
}

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

/** What was taken for what. */
function ConfusionTable({ who, confusion }: { readonly who: string; readonly confusion: Confusion }) {
  return (
    <table className={endStyles.confusion}>
      <caption>
        {who}: {percent(accuracyOf(confusion))} right
      </caption>
      <thead>
        <tr>
          <td />
          {KINDS.map((guess) => (
            <th key={guess} scope="col">
              said {guess}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {KINDS.map((truth) => (
          <tr key={truth}>
            <th scope="row">{truth}</th>
            {KINDS.map((guess) => (
              <td key={guess} data-wrong={guess !== truth}>
                {confusion[truth][guess]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
