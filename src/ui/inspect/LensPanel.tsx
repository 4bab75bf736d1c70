/** What is under the lens, to be drawn upon: its score as it changes, and what the discriminator looks at in it. */
import { useMemo } from "react";
import { SCORE_SCALES } from "../../state/scores.ts";
import { useDuel, useLens, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { DrawingPad } from "../drawing/DrawingPad.tsx";
import styles from "../explore/Tool.module.css";
import { formatMeasurement } from "../numbers.ts";
import { Heat } from "./Heat.tsx";
import { mapOfPixels, strongestOf } from "./heat.ts";
import lensStyles from "./LensPanel.module.css";

export function LensPanel() {
  const { lens } = useDuel();
  const drawing = useLens((state) => state.drawing);
  const score = useLens((state) => state.look?.score ?? null);
  const refusal = useLens((state) => state.refusal);
  const { name, help } = SCORE_SCALES[useSession((state) => state.running.loss)];
  return (
    <section aria-label="Lens" className={styles.tool}>
      <h3 className={styles.title}>Under the lens</h3>
      <p className={styles.hint}>
        Draw here with mouse, finger or keys, or click any image to look at it and change it.
      </p>
      {refusal !== "" && <p role="alert">{refusal}</p>}
      {drawing === null ? (
        <p role="status">Waiting for the first samples …</p>
      ) : (
        <>
          <DrawingPad
            name="Image under the lens"
            drawing={drawing}
            onChange={(next) => {
              lens.draw(next);
            }}
          />
          <p className={lensStyles.score}>
            {name} <output aria-label="Score under the lens">{formatMeasurement(score, 3)}</output>
          </p>
          <p className={styles.hint}>{help}</p>
          <div className={styles.figures}>
            <Wants />
            <RestsOn />
          </div>
        </>
      )}
    </section>
  );
}

/** The gradient by the pixels. */
function Wants() {
  const look = useLens((state) => state.look);
  const map = useMemo(() => look && mapOfPixels(look.slopes, look.image.shape), [look]);
  return (
    <figure className={lensStyles.map}>
      {look !== null && map !== null && <Heat name="Where it wants change" image={look.image} map={map} />}
      <figcaption>
        Where it wants change: <b data-kind="positive">green</b> pixels should be brighter to look more real,{" "}
        <b data-kind="negative">amber</b> ones darker. <FullColour values={map?.values} />
      </figcaption>
    </figure>
  );
}

/** The map of occlusion, which is made when it is asked for. */
function RestsOn() {
  const { lens } = useDuel();
  const occludes = useLens((state) => state.occludes);
  const occlusion = useLens((state) => state.occlusion);
  const map = useMemo(() => occlusion && { ...occlusion, values: occlusion.falls }, [occlusion]);
  return (
    <figure className={lensStyles.map}>
      {occlusion !== null && map !== null && <Heat name="What its score rests on" image={occlusion.image} map={map} />}
      <Button
        aria-pressed={occludes}
        onClick={() => {
          lens.showOcclusion(!occludes);
        }}
      >
        What its score rests on
      </Button>
      <figcaption>
        A black patch hides one part after another. Without <b data-kind="positive">green</b> parts it looks less real,
        without <b data-kind="negative">amber</b> ones more. <FullColour values={occlusion?.falls} />
      </figcaption>
    </figure>
  );
}

function FullColour({ values }: { readonly values: Float32Array | undefined }) {
  if (values === undefined) return null;
  return <>Full colour stands for {strongestOf(values).toPrecision(2)}.</>;
}
