/** The place for what the generator has learnt: walks through its latent space, by the weights that stand. */
import { Bookmark } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { DATA_SETS } from "../../data/catalogue.ts";
import { followWeights } from "../../state/weights.ts";
import { useDuel, useExplorer, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import columns from "../places/Columns.module.css";
import { PlaceFrame } from "../places/PlaceFrame.tsx";
import { Arithmetic } from "./Arithmetic.tsx";
import { CellGrid } from "./CellGrid.tsx";
import styles from "./ExplorePlace.module.css";
import { Film } from "./Film.tsx";
import { FindImage } from "./FindImage.tsx";
import { HeldShelf } from "./HeldShelf.tsx";
import { LatentPlane } from "./LatentPlane.tsx";
import { Picture } from "./Picture.tsx";
import { Relatives } from "./Relatives.tsx";
import { SavePng } from "./SavePng.tsx";
import { DimensionSliders, DirectionSliders } from "./Sliders.tsx";
import { TurnInto } from "./TurnInto.tsx";

const INTRO = "What did the generator learn? Hold a sample and walk through the space it comes from.";

export function ExplorePlace() {
  const kind = useSession((state) => DATA_SETS[state.running.dataSet].kind);
  return (
    <PlaceFrame title="Explore" intro={INTRO}>
      {kind === "points" ? (
        <p>
          This run makes points in the plane, which Train shows all at once. Explore walks through images: choose a
          preset of MNIST.
        </p>
      ) : (
        <LatentSpace />
      )}
    </PlaceFrame>
  );
}

function LatentSpace() {
  const { explorer, stream } = useDuel();
  const run = useSession((state) => state.run);
  // Where training stops, the main directions are others than where it began.
  const isTraining = useSession((state) => state.phase === "training");
  const refusal = useExplorer((state) => state.refusal);
  useEffect(() => {
    void explorer.open();
  }, [explorer, run, isTraining]);
  useEffect(
    () =>
      followWeights(() => {
        explorer.refresh();
      }, stream),
    [explorer, stream, run],
  );
  return (
    <>
      {refusal !== "" && <p role="alert">{refusal}</p>}
      <div className={columns.columns}>
        <div className={columns.column}>
          <Grid />
          <HeldShelf />
        </div>
        <div className={columns.column}>
          <LookedAt />
          <FindImage />
        </div>
        <div className={columns.column}>
          <Film />
          <Arithmetic />
          <Relatives />
          <TurnInto />
        </div>
      </div>
    </>
  );
}

function Grid() {
  const { explorer, stream } = useDuel();
  const images = useStore(stream, (state) => state.samples?.images ?? null);
  const isKnown = useExplorer((state) => state.map !== null);
  return (
    <section aria-label="Samples to hold" className={styles.panel}>
      <h3 className={styles.title}>Samples</h3>
      <p className={styles.hint}>Click a cell to hold its latent.</p>
      {images !== null && (
        <CellGrid
          name="Samples"
          images={images}
          disabled={!isKnown}
          nameOf={(cell) => `Hold sample ${String(cell + 1)}`}
          onPress={(cell) => {
            explorer.holdCell(cell);
          }}
        />
      )}
    </section>
  );
}

function LookedAt() {
  const { explorer } = useDuel();
  const image = useExplorer((state) => state.image);
  const plane = useExplorer((state) => state.plane);
  return (
    <section aria-label="Looked at" className={styles.panel}>
      <div className={styles.pair}>
        <figure>
          <Picture name="Image of the latent" images={image} index={0} />
          <figcaption className={styles.hint}>G(z), what you look at</figcaption>
        </figure>
        <figure>
          <LatentPlane />
          <figcaption className={styles.hint}>directions 1 (across) and 2 (up): drag, or use the arrow keys</figcaption>
        </figure>
      </div>
      <div className={styles.row}>
        <Button
          disabled={image === null}
          onClick={() => {
            explorer.holdCurrent();
          }}
        >
          <Bookmark size={14} aria-hidden="true" />
          Hold this
        </Button>
        <SavePng label="Save as PNG" images={image} file="duel-latent.png" />
        <SavePng label="Save the plane as PNG" images={plane} file="duel-plane.png" />
      </div>
      <DirectionSliders />
      <DimensionSliders />
    </section>
  );
}
