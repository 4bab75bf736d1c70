/** The probe's images, or real ones in their place, as large as there is room. It draws from the stream, not by rendering. */
import { Download } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { DATA_SETS } from "../../data/catalogue.ts";
import { watch } from "../../state/stream.ts";
import type { ImageBatch } from "../../worker/protocol.ts";
import { useDuel, useSession } from "../context.ts";
import { Button, IconButton } from "../controls/Button.tsx";
import { saveBlob } from "../saveBlob.ts";
import { gridLayout, gridPixels, putPixels } from "./pixels.ts";
import { SampleCells } from "./SampleCells.tsx";
import styles from "./SampleGrid.module.css";

/** Screen pixels for one source pixel in a saved picture. */
const SAVED_SCALE = 4;

export function SampleGrid() {
  const { stream } = useDuel();
  const [showsReal, setShowsReal] = useState(false);
  const [{ count, columns, rowLabels }, setShape] = useState<GridShape>(NO_GRID);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(
    () =>
      watch(
        stream,
        (state) => (showsReal ? state.realSamples : (state.samples?.images ?? null)),
        (images) => {
          if (canvas.current !== null) drawGrid(canvas.current, images);
          const shape = shapeOf(images);
          // The same shape comes with every frame; only another renders the page.
          setShape((shown) => (JSON.stringify(shown) === JSON.stringify(shape) ? shown : shape));
        },
      ),
    [stream, showsReal],
  );
  const title = showsReal ? "Real samples" : "Generated samples";
  const save = async (): Promise<void> => {
    if (canvas.current === null) return;
    const name = showsReal ? "duel-real.png" : `duel-step-${String(stream.getState().samples?.step ?? 0)}.png`;
    const blob = await enlarge(canvas.current, SAVED_SCALE);
    if (blob !== null) saveBlob(blob, name);
  };
  return (
    <div className={styles.samples}>
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.hint}>{showsReal ? <RealHint /> : <GeneratedHint />}</p>
        <Button
          aria-pressed={showsReal}
          onClick={() => {
            setShowsReal(!showsReal);
          }}
        >
          Real
        </Button>
        <IconButton name="Save image" onClick={() => void save()}>
          <Download size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <div className={styles.room}>
        <div className={styles.frame} data-labelled={rowLabels.length > 0}>
          {rowLabels.length > 0 && <RowLabels labels={rowLabels} />}
          <div className={styles.picture}>
            <canvas ref={canvas} className={styles.grid} role="img" aria-label={title} width={238} height={238} />
            {!showsReal && count > 0 && <SampleCells count={count} columns={columns} />}
          </div>
        </div>
      </div>
    </div>
  );
}

interface GridShape {
  readonly count: number;
  readonly columns: number;
  readonly rowLabels: readonly string[];
}

const NO_GRID: GridShape = { count: 0, columns: 1, rowLabels: [] };

function shapeOf(images: ImageBatch | null): GridShape {
  if (images === null) return NO_GRID;
  return { count: images.count, columns: gridLayout(images).columns, rowLabels: images.grid?.rowLabels ?? [] };
}

/** What each row of the grid shows, beside it. */
function RowLabels({ labels }: { readonly labels: readonly string[] }) {
  return (
    <ol className={styles.rows} aria-label="Rows of the grid">
      {labels.map((label) => (
        <li key={label}>{label}</li>
      ))}
    </ol>
  );
}

function GeneratedHint() {
  const isTold = useSession((state) => state.running.conditioning !== null);
  const isUntrained = useSession((state) => state.phase === "ready" || state.phase === "preparing");
  const makesPoints = useSession((state) => DATA_SETS[state.running.dataSet].kind === "points");
  if (isUntrained) return "Untrained: what the generator makes of noise before its first step.";
  if (makesPoints) return "The same latents every time, so each point wanders to its place.";
  if (isTold)
    return "A row for each class, a column for each latent: the same noise, asked for one class after another.";
  return "64 fixed latents, each cell one thought changing its mind. Point at one to see the nearest real image.";
}

function RealHint() {
  const entry = DATA_SETS[useSession((state) => state.wanted.dataSet)];
  return `What the discriminator is shown as real: ${entry.items} of ${entry.label}.`;
}

function drawGrid(canvas: HTMLCanvasElement, images: ImageBatch | null): void {
  if (images === null) {
    canvas.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
    return;
  }
  const { width, height } = gridLayout(images);
  putPixels(canvas, gridPixels(images), width);
  canvas.style.setProperty("--ratio", String(width / height));
}

/** The canvas as a PNG, each pixel a square, on the colour that its gaps show on screen. */
function enlarge(canvas: HTMLCanvasElement, scale: number): Promise<Blob | null> {
  const large = document.createElement("canvas");
  large.width = canvas.width * scale;
  large.height = canvas.height * scale;
  const context = large.getContext("2d");
  if (context === null) return Promise.resolve(null);
  context.imageSmoothingEnabled = false;
  context.fillStyle = getComputedStyle(canvas).backgroundColor;
  context.fillRect(0, 0, large.width, large.height);
  context.drawImage(canvas, 0, 0, large.width, large.height);
  return new Promise((resolve) => {
    large.toBlob(resolve, "image/png");
  });
}
