/** Latent arithmetic: a − b + c of three held latents. */
import { useState } from "react";
import { useDuel, useExplorer } from "../context.ts";
import { Button } from "../controls/Button.tsx";
import { Select } from "../controls/Select.tsx";
import styles from "./Tool.module.css";

const PLACES = ["a", "b", "c"] as const;
const SIGNS = ["", "−", "+"] as const;

export function Arithmetic() {
  const { explorer } = useDuel();
  const held = useExplorer((state) => state.held);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const options = held.map(({ name }) => ({ value: name, label: name, help: `The held latent ${name}` }));
  const names = PLACES.map((_, index) => {
    const name = chosen[index];
    return name !== undefined && held.some((one) => one.name === name) ? name : (held[index]?.name ?? "");
  });
  return (
    <section aria-label="Arithmetic" className={styles.tool}>
      <h3 className={styles.title}>Arithmetic</h3>
      <p className={styles.hint}>
        Take away what two latents share and add it to a third. Where directions have a meaning, so has the sum.
      </p>
      {held.length < 3 ? (
        <p className={styles.hint}>Hold at least three latents first.</p>
      ) : (
        <div className={styles.row}>
          {PLACES.map((place, index) => (
            <span key={place} className={styles.row}>
              {SIGNS[index]}
              <span className={styles.letters}>
                <Select
                  name={`Latent ${place}`}
                  value={names[index] ?? ""}
                  options={options}
                  onChange={(name) => {
                    setChosen(names.map((old, at) => (at === index ? name : old)));
                  }}
                />
              </span>
            </span>
          ))}
          <Button
            onClick={() => {
              const [a = "", b = "", c = ""] = names;
              explorer.combine(a, b, c);
            }}
          >
            Look at a − b + c
          </Button>
        </div>
      )}
    </section>
  );
}
