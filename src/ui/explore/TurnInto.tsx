/** "Make it a 7": watch a held latent walk to the nearest place whose image is read as the class that was chosen. */
import { Bookmark, Square } from "lucide-react";
import { useState } from "react";
import { DATA_SETS } from "../../data/catalogue.ts";
import type { Config } from "../../gan/config.ts";
import { EVALUATORS } from "../../metrics/evaluator/evaluators.ts";
import { distanceOfStrangers } from "../../shared/latentPrior.ts";
import type { Turning } from "../../state/explorer.ts";
import { besideOneAnother } from "../../state/imageBatches.ts";
import { useDuel, useExplorer, useSession } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { Select } from "../controls/Select.tsx";
import { Picture } from "./Picture.tsx";
import { SavePng } from "./SavePng.tsx";
import styles from "./Tool.module.css";

export function TurnInto() {
  const running = useSession((state) => state.running);
  const held = useExplorer((state) => state.held);
  const turning = useExplorer((state) => state.turning);
  const classes = classesOf(running);
  return (
    <section aria-label="Turn into a class" className={styles.tool}>
      <h3 className={styles.title}>{running.dataSet === "mnist" ? "Make it a 7" : "Make it another"}</h3>
      <p className={styles.hint}>{explanation(running)}</p>
      {classes.length > 0 &&
        (held.length === 0 ? <p className={styles.hint}>Hold a latent first.</p> : <Choice classes={classes} />)}
      {turning !== null && <Turned turning={turning} name={classes[turning.label] ?? ""} running={running} />}
    </section>
  );
}

/** The classes that a held latent can be turned into; none where nothing tells them. */
function classesOf({ dataSet, conditioning }: Config): readonly string[] {
  return conditioning === null ? (EVALUATORS[dataSet]?.classes ?? []) : DATA_SETS[dataSet].classes;
}

function explanation({ dataSet, conditioning }: Config): string {
  const { label } = DATA_SETS[dataSet];
  if (conditioning !== null) {
    return `This generator is told the class: its last ${String(DATA_SETS[dataSet].classes.length)} numbers say which. Only they change, the noise stays, and so does much of the style.`;
  }
  if (EVALUATORS[dataSet] === undefined) {
    return `Nothing here can tell the classes of ${label}, so nothing can say when a sample has become another. Try MNIST.`;
  }
  return "This generator was never told classes. Gradient descent moves z until the classifier that measures the samples reads the one you choose, and stays as near to the held latent as it can.";
}

function Choice({ classes }: { readonly classes: readonly string[] }) {
  const { explorer } = useDuel();
  const held = useExplorer((state) => state.held);
  const [chosen, setChosen] = useState("");
  const name = held.some((one) => one.name === chosen) ? chosen : (held[0]?.name ?? "");
  const options = held.map((one) => ({ value: one.name, label: one.name, help: `The held latent ${one.name}` }));
  return (
    <>
      <div className={styles.row}>
        <span className={styles.letters}>
          <Select name="Latent to turn" value={name} options={options} onChange={setChosen} />
        </span>
        <span className={styles.hint}>into</span>
      </div>
      <div className={styles.row}>
        {classes.map((label, index) => (
          <Button
            key={label}
            aria-label={`Turn ${name} into ${label}`}
            onClick={() => {
              void explorer.turn(name, index);
            }}
          >
            {label}
          </Button>
        ))}
      </div>
    </>
  );
}

interface TurnedProps {
  readonly turning: Turning;
  /** What the class is called. */
  readonly name: string;
  readonly running: Config;
}

function Turned({ turning, name, running }: TurnedProps) {
  const { explorer } = useDuel();
  const { from, found, underWay } = turning;
  const both = besideOneAnother(from.image, found?.image ?? null);
  return (
    <>
      <div className={styles.figures}>
        <figure>
          <Picture name={`Held latent ${from.name}`} images={from.image} index={0} />
          <figcaption>{from.name}, as it was held</figcaption>
        </figure>
        <figure>
          <Picture name={`${from.name} turned into ${name}`} images={found?.image ?? null} index={0} />
          <figcaption>turned into {name}</figcaption>
        </figure>
      </div>
      <p role="status" aria-label="How it turned out" className={styles.caption}>
        {found === null ? "Setting out …" : outcome(found, name, running)}
      </p>
      <div className={styles.row}>
        {underWay ? (
          <Button
            onClick={() => {
              explorer.stopTurning();
            }}
          >
            <Square size={14} aria-hidden="true" />
            Stop turning
          </Button>
        ) : (
          found !== null && (
            <Button
              onClick={() => {
                explorer.holdTurned();
              }}
            >
              <Bookmark size={14} aria-hidden="true" />
              Hold what it became
            </Button>
          )
        )}
        <SavePng label="Save both as PNG" images={both} file={`duel-turned-into-${name}.png`} />
      </div>
    </>
  );
}

function outcome(found: NonNullable<Turning["found"]>, name: string, running: Config): string {
  const { step, steps, probability, distance } = found;
  const read = probability === null ? "" : `read as ${name}: ${String(Math.round(100 * probability))} %`;
  if (steps === 0) return read;
  const far = distanceOfStrangers(running).toFixed(1);
  return `step ${String(step)} of ${String(steps)}, ${read}, ${distance.toFixed(1)} away (strangers: ${far})`;
}
