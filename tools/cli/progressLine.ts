/** The progress of a training in a terminal: a bar that is drawn over itself, or plain lines where that is not possible. */
import type { ProgressEvent } from "../../src/worker/protocol.ts";

const BAR_WIDTH = 24;
/** Between two plain lines. */
const LINE_MILLISECONDS = 5000;

/** Losses, speed and time left, in the width of a line. */
export function describeProgress({ step, stepsPerSecond, latest }: ProgressEvent, steps: number): string {
  const done = Math.round((BAR_WIDTH * step) / steps);
  const left = stepsPerSecond > 0 ? `${clock((steps - step) / stepsPerSecond)} left` : "";
  return [
    `${"█".repeat(done)}${"░".repeat(BAR_WIDTH - done)} ${String(step)}/${String(steps)} steps`,
    `D ${loss(latest?.discriminatorLoss ?? null)}`,
    `G ${loss(latest?.generatorLoss ?? null)}`,
    `${stepsPerSecond.toPrecision(3)} steps/s`,
    left,
  ]
    .filter((part) => part !== "")
    .join("  ");
}

function loss(value: number | null): string {
  return value === null ? "–" : value.toFixed(3);
}

/** Seconds as 1:05 or 1:00:05. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${two(whole % 60)}` : `${String(minutes)}:${two(whole % 60)}`;
}

export interface ProgressLine {
  show(this: void, text: string): void;
  /** Leaves the last text standing and begins a new line. */
  end(this: void): void;
}

/** On a terminal every text replaces the one before; elsewhere a line now and then is enough. */
export function createProgressLine(stream: NodeJS.WriteStream, now: () => number): ProgressLine {
  let shownAt = -Infinity;
  let last = "";
  const isTerminal = stream.isTTY;
  return {
    show: (text) => {
      last = text;
      if (isTerminal) stream.write(`\r\u001B[2K${text.slice(0, stream.columns - 1)}`);
      else if (now() - shownAt >= LINE_MILLISECONDS) {
        shownAt = now();
        last = "";
        stream.write(`${text}\n`);
      }
    },
    end: () => {
      if (last !== "") stream.write(isTerminal ? "\n" : `${last}\n`);
      last = "";
    },
  };
}
