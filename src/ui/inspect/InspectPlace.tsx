/** The place for what the discriminator sees: its scores of samples and of real images. */
import { useEffect } from "react";
import { DATA_SETS } from "../../data/catalogue.ts";
import { SCORE_SCALES } from "../../state/scores.ts";
import { followWeights } from "../../state/weights.ts";
import { useDuel, useInspector, useSession } from "../context.ts";
import toolStyles from "../explore/Tool.module.css";
import { LayerPanel } from "../layers/LayerPanel.tsx";
import columns from "../places/Columns.module.css";
import { PlaceFrame } from "../places/PlaceFrame.tsx";
import { CanYouTell } from "./CanYouTell.tsx";
import { Extremes } from "./Extremes.tsx";
import { Histogram } from "./Histogram.tsx";
import styles from "./InspectPlace.module.css";
import { LensPanel } from "./LensPanel.tsx";
import { ScoreGrid } from "./ScoreGrid.tsx";

const INTRO = "What does the discriminator see? Ask it about samples and real images, while it learns.";

export function InspectPlace() {
  const kind = useSession((state) => DATA_SETS[state.running.dataSet].kind);
  return (
    <PlaceFrame title="Inspect" intro={INTRO}>
      {kind === "points" ? (
        <p>
          This run judges points in the plane, and Train shows what it makes of each. Inspect is for a discriminator
          that looks at images: choose a preset of MNIST.
        </p>
      ) : (
        <Views />
      )}
    </PlaceFrame>
  );
}

function Views() {
  const { inspector, lens, layerSight, stream } = useDuel();
  const run = useSession((state) => state.run);
  const refusal = useInspector((state) => state.refusal);
  useEffect(
    () =>
      followWeights(() => {
        const { samples } = stream.getState();
        // Those of the run before may be of another shape.
        if (samples?.run === run) lens.begin(samples.images.shape);
        inspector.refresh();
        lens.refresh();
        layerSight.refresh();
      }, stream),
    [inspector, lens, layerSight, stream, run],
  );
  return (
    <>
      {refusal !== "" && <p role="alert">{refusal}</p>}
      <div className={[columns.columns, styles.columns].join(" ")}>
        <div className={columns.column}>
          <ScoreGrid />
          <CanYouTell />
        </div>
        <div className={columns.column}>
          <LensPanel />
        </div>
        <div className={columns.column}>
          <Spread />
          <Extremes />
        </div>
      </div>
      <LayerPanel />
    </>
  );
}

function Spread() {
  const scale = SCORE_SCALES[useSession((state) => state.running.loss)];
  const scores = useInspector((state) => state.scores);
  return (
    <section aria-label="Spread of scores" className={toolStyles.tool}>
      <h3 className={toolStyles.title}>Real against fake</h3>
      <p className={toolStyles.hint}>
        {scale.help} The more the two hills lie over each other, the less it can tell them apart.
      </p>
      {scores !== null && <Histogram scale={scale} fakes={scores.fakes.scores} reals={scores.reals.scores} />}
    </section>
  );
}
