/** The duel as a picture: noise → G → fake, and real, → D → scores, with live numbers. It writes them as the stream moves. */
import { useEffect, useRef } from "react";
import { formatCount } from "../../shared/counts.ts";
import { DATA_SETS } from "../../data/catalogue.ts";
import type { Phase } from "../../gan/config.ts";
import { latentNumbers } from "../../shared/latents.ts";
import type { DiagramPart } from "../../state/slowStages.ts";
import type { StreamState } from "../../state/stream.ts";
import { watch } from "../../state/stream.ts";
import type { ImageBatch } from "../../worker/protocol.ts";
import { StreamText } from "../bar/Counters.tsx";
import { useDuel, useSession } from "../context.ts";
import { formatMeasurement } from "../numbers.ts";
import styles from "./Diagram.module.css";
import { LayersButton } from "./LayersButton.tsx";
import { imagePixels, latentPixels, putPixels } from "./pixels.ts";

const generatorLoss = ({ progress }: StreamState): string => formatMeasurement(progress?.latest?.generatorLoss);
const discriminatorLoss = ({ progress }: StreamState): string => formatMeasurement(progress?.latest?.discriminatorLoss);
const fakeScore = ({ progress }: StreamState): string => formatMeasurement(progress?.latest?.fakeScore, 2);
const realScore = ({ progress }: StreamState): string => formatMeasurement(progress?.latest?.realScore, 2);
const fakeImages = ({ samples }: StreamState): ImageBatch | null => samples?.images ?? null;
const realImages = ({ realSamples }: StreamState): ImageBatch | null => realSamples;

interface DiagramProps {
  /** The parts that are talked about; none where the picture speaks for itself. */
  readonly lit?: readonly DiagramPart[];
}

export function Diagram({ lit = [] }: DiagramProps) {
  const entry = DATA_SETS[useSession((state) => state.running.dataSet)];
  return (
    <div className={styles.diagram} data-lit={lit.join(" ")}>
      <div className={styles.noise}>
        <NoiseThumbnail />
        <span>noise z</span>
      </div>
      <NetworkBox player="generator" title="Generator" loss={generatorLoss} />
      <div className={styles.fake}>
        <Thumbnail images={fakeImages} />
        <span>fake G(z)</span>
      </div>
      <div className={styles.source}>
        {formatCount(entry.trainCount)} {entry.items}
      </div>
      <div className={styles.real}>
        <Thumbnail images={realImages} />
        <span>real x</span>
      </div>
      <NetworkBox player="discriminator" title="Discriminator" loss={discriminatorLoss} />
      <Score player="generator" text={fakeScore} label="score of fakes" />
      <Score player="real" text={realScore} label="score of reals" />
    </div>
  );
}

interface NetworkBoxProps {
  readonly player: Phase;
  readonly title: string;
  readonly loss: (state: StreamState) => string;
}

function NetworkBox({ player, title, loss }: NetworkBoxProps) {
  const network = useSession((state) => state.networks?.[player] ?? null);
  return (
    <div className={styles.network} data-player={player}>
      <b>{title}</b>
      <span className={styles.fact}>
        {network === null ? "…" : formatCount(network.parameters)} parameters
        {network !== null && <LayersButton title={title} network={network} />}
      </span>
      <span className={styles.fact}>
        loss <StreamText className={styles.number ?? ""} text={loss} />
      </span>
      <span className={styles.fact}>
        weights <Fingerprint player={player} title={title} />
      </span>
    </div>
  );
}

/** Enough to tell two states apart at a glance. */
const SHOWN_DIGITS = 8;

/** A hash of the weights: another one as soon as any weight has moved. */
function Fingerprint({ player, title }: { readonly player: Phase; readonly title: string }) {
  const fingerprint = useSession((state) => state.fingerprints?.[player] ?? "…");
  const isMoving = useSession((state) => state.phase === "training" && state.started);
  return (
    <span role="group" aria-label={`${title} fingerprint`} className={styles.number}>
      {isMoving ? "moving" : fingerprint.slice(0, SHOWN_DIGITS)}
    </span>
  );
}

interface ScoreProps {
  readonly player: "generator" | "real";
  readonly text: (state: StreamState) => string;
  readonly label: string;
}

function Score({ player, text, label }: ScoreProps) {
  return (
    <div className={styles.score} data-player={player}>
      <StreamText text={text} />
      <span>{label}</span>
    </div>
  );
}

/** The first image of a batch. */
function Thumbnail({ images }: { readonly images: (state: StreamState) => ImageBatch | null }) {
  const { stream } = useDuel();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(
    () =>
      watch(stream, images, (batch) => {
        if (canvas.current !== null && batch !== null && batch.count > 0) {
          putPixels(canvas.current, imagePixels(batch, 0), batch.shape[1]);
        }
      }),
    [stream, images],
  );
  return <canvas ref={canvas} width={28} height={28} className={styles.thumbnail} aria-hidden="true" />;
}

/** The latent of the first cell of the grid. */
function NoiseThumbnail() {
  const seed = useSession((state) => state.running.seed);
  const latentDim = useSession((state) => state.running.latentDim);
  const latentDistribution = useSession((state) => state.running.latentDistribution);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return;
    const z = latentNumbers({ seed, stream: "probe", draw: 0 }, { latentDim, latentDistribution });
    const { pixels, width } = latentPixels(z);
    putPixels(canvas.current, pixels, width);
  }, [seed, latentDim, latentDistribution]);
  return <canvas ref={canvas} width={10} height={10} className={styles.latent} aria-hidden="true" />;
}
