/** The run's counters. They write their text themselves as the stream moves, so that nothing renders again for them. */
import { useEffect, useRef } from "react";
import { formatCount } from "../../shared/counts.ts";
import { DATA_SETS } from "../../data/catalogue.ts";
import type { StreamState } from "../../state/stream.ts";
import { watch } from "../../state/stream.ts";
import { useDuel, useSession } from "../context.ts";
import styles from "./Counters.module.css";

const SLOW = 10;

function formatRate(perSecond: number): string {
  return perSecond > 0 && perSecond < SLOW ? perSecond.toFixed(1) : formatCount(Math.round(perSecond));
}

const step = (state: StreamState): string => formatCount(state.step);
const epoch = (state: StreamState): string => (state.progress?.epoch ?? 0).toFixed(2);
const stepsPerSecond = (state: StreamState): string => formatRate(state.progress?.stepsPerSecond ?? 0);
const imagesPerSecond = (state: StreamState): string => formatRate(state.progress?.imagesPerSecond ?? 0);

export function Counters() {
  const makesPoints = useSession((state) => DATA_SETS[state.running.dataSet].kind === "points");
  return (
    <div className={styles.counters}>
      <span>
        step <StreamOutput name="Step" text={step} />
      </span>
      <span>
        epoch <StreamOutput name="Epoch" text={epoch} />
      </span>
      <span>
        <StreamOutput name="Steps per second" text={stepsPerSecond} /> steps/s
      </span>
      <span>
        <StreamText text={imagesPerSecond} /> {makesPoints ? "points/s" : "images/s"}
      </span>
    </div>
  );
}

interface StreamOutputProps {
  readonly name: string;
  readonly text: (state: StreamState) => string;
}

/** Not announced as it changes: it would never be silent. */
function StreamOutput({ name, text }: StreamOutputProps) {
  return <output ref={useStreamText<HTMLOutputElement>(text)} aria-label={name} aria-live="off" />;
}

/** A number of the stream that is text like any other. */
export function StreamText({ text, className }: Pick<StreamOutputProps, "text"> & { readonly className?: string }) {
  return <b className={className} ref={useStreamText<HTMLElement>(text)} />;
}

function useStreamText<Node extends HTMLElement>(text: (state: StreamState) => string) {
  const { stream } = useDuel();
  const element = useRef<Node>(null);
  useEffect(
    () =>
      watch(stream, text, (words) => {
        if (element.current !== null) element.current.textContent = words;
      }),
    [stream, text],
  );
  return element;
}
