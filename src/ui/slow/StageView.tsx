/** What one stage of a step shows: items, scores, a loss or layers. It picks the tensors, and must not know the run. */
import type { Stage } from "../../state/slowStages.ts";
import type {
  JudgedItems,
  SlowDiscriminatorUpdate,
  SlowGeneratorUpdate,
  SlowStep,
} from "../../worker/questions/slowStep.question.ts";
import { formatMeasurement } from "../numbers.ts";
import { Items } from "./Items.tsx";
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
  const { carried, fakes } = update;
  const reals = "reals" in update ? { judged: update.reals, values: update.real } : null;
  const told = "told" in update ? update.told : null;
  switch (stage.sight) {
    case "noise":
      return <Items name="noise" look="noise" values={update.z} shape={[latentDim]} count={carried} />;
    case "fakes":
      return <Items name="fake" look="fake" values={update.fake} shape={dataShape} count={carried} />;
    case "reals":
      return reals && <Items name="real" look="real" values={reals.values} shape={dataShape} count={carried} />;
    case "scores":
      return (
        <div className={styles.rows}>
          {reals && (
            <Scored title="Real" look="real" {...reals} shape={dataShape} count={carried} batchSize={batchSize} />
          )}
          <Scored
            title="Fake"
            look="fake"
            judged={fakes}
            values={update.fake}
            shape={dataShape}
            count={carried}
            batchSize={batchSize}
          />
        </div>
      );
    case "loss":
      return <LossTable update={update} />;
    case "told":
      return (
        <div className={styles.rows}>
          <Items name="fake" look="fake" values={update.fake} shape={dataShape} count={carried} />
          {told && (
            <Items name="change to fake" look="told" values={told} at={update.fake} shape={dataShape} count={carried} />
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

interface ScoredProps {
  readonly title: string;
  readonly look: "real" | "fake";
  readonly judged: JudgedItems;
  readonly values: Float32Array;
  readonly shape: readonly number[];
  readonly count: number;
  readonly batchSize: number;
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

function Scored({ title, look, judged, values, shape, count, batchSize }: ScoredProps) {
  const scores = [...judged.logits].map(sigmoid);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return (
    <div>
      <p className={styles.hint}>
        {title}: {formatMeasurement(mean, 2)} on average of {batchSize}
      </p>
      <Items name={title.toLowerCase()} look={look} values={values} shape={shape} count={count} scores={scores} />
    </div>
  );
}
