/** Draw, drop or choose a picture, and watch gradient descent look for the latent whose image is most like it. */
import { ImageUp, Search as SearchIcon, Square } from "lucide-react";
import { useMemo, useRef, useState, type DragEvent } from "react";
import { useStore } from "zustand";
import { fitting } from "../../state/drawing.ts";
import type { Projection } from "../../state/explorer.ts";
import { besideOneAnother } from "../../state/imageBatches.ts";
import { useDuel, useExplorer } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { DrawingPad } from "../drawing/DrawingPad.tsx";
import findStyles from "./FindImage.module.css";
import { ImageFileError, readImageFile } from "./imageFile.ts";
import { Picture } from "./Picture.tsx";
import { SavePng } from "./SavePng.tsx";
import styles from "./Tool.module.css";

export function FindImage() {
  const { explorer, stream } = useDuel();
  const projection = useExplorer((state) => state.projection);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const find = async (file: Blob | undefined): Promise<void> => {
    const shape = stream.getState().samples?.images.shape;
    if (file === undefined || shape === undefined) return;
    setProblem("");
    try {
      await explorer.project(await readImageFile(file, shape));
    } catch (error) {
      if (!(error instanceof ImageFileError)) throw error;
      setProblem(error.message);
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void find(event.dataTransfer.files[0]);
  };
  return (
    <section aria-label="Find an image" className={[styles.tool, findStyles.find].join(" ")}>
      <h3 className={styles.title}>Find an image</h3>
      <p className={styles.hint}>
        Gradient descent on z, with the generator held still: can it make your picture? What it cannot make, it has not
        learnt.
      </p>
      <div className={findStyles.given}>
        <OwnDrawing />
        <div
          className={styles.drop}
          data-over={over}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => {
            setOver(false);
          }}
          onDrop={drop}
        >
          Drop a picture here, or
          <Button onClick={() => input.current?.click()}>
            <ImageUp size={14} aria-hidden="true" />
            Choose a picture
          </Button>
          <input
            ref={input}
            type="file"
            accept="image/*"
            aria-label="Picture file"
            hidden
            onChange={(event) => {
              void find(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
        </div>
        {problem !== "" && <p role="alert">{problem}</p>}
      </div>
      {projection !== null && <Search projection={projection} />}
    </section>
  );
}

/** How far the search has come. */
function Search({ projection: { target, found, underWay } }: { readonly projection: Projection }) {
  const { explorer } = useDuel();
  const both = besideOneAnother(target, found?.image ?? null);
  return (
    <div className={findStyles.search}>
      <div className={styles.figures}>
        <figure>
          <Picture name="Picture to find" images={target} index={0} />
          <figcaption>yours</figcaption>
        </figure>
        <figure>
          <Picture name="Nearest image" images={found?.image ?? null} index={0} />
          <figcaption>nearest G(z)</figcaption>
        </figure>
      </div>
      <p className={styles.caption}>
        {found === null
          ? "Trying fresh latents …"
          : `step ${String(found.step)} of ${String(found.steps)}, error ${found.error.toFixed(3)}`}
      </p>
      <div className={styles.row}>
        {underWay ? (
          <Button
            onClick={() => {
              explorer.stopProjecting();
            }}
          >
            <Square size={14} aria-hidden="true" />
            Stop searching
          </Button>
        ) : (
          found !== null && (
            <Button
              onClick={() => {
                explorer.lookAt(found.latent);
              }}
            >
              Look at what was found
            </Button>
          )
        )}
        <SavePng label="Save both as PNG" images={both} file="duel-found.png" />
      </div>
    </div>
  );
}

/** The pad, as soon as the size of an image is known. */
function OwnDrawing() {
  const { explorer, pad, stream } = useDuel();
  const shape = useStore(stream, (state) => state.samples?.images.shape ?? null);
  const kept = useStore(pad, (state) => state.drawing);
  const drawing = useMemo(() => shape && fitting(kept, shape), [kept, shape]);
  if (drawing === null) return null;
  return (
    <>
      <DrawingPad
        name="Your drawing"
        drawing={drawing}
        onChange={(next) => {
          pad.setState({ drawing: next });
        }}
      />
      <Button
        disabled={drawing.past.length === 0}
        onClick={() => {
          void explorer.project(drawing.image);
        }}
      >
        <SearchIcon size={14} aria-hidden="true" />
        Find my drawing
      </Button>
    </>
  );
}
