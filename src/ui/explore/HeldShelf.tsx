/** The latents that are held, each with its letter: look at one again, or let it go. */
import { X } from "lucide-react";
import { useDuel, useExplorer } from "../context.ts";
import { IconButton } from "../controls/Button.tsx";
import styles from "./HeldShelf.module.css";
import { Picture } from "./Picture.tsx";

export function HeldShelf() {
  const { explorer } = useDuel();
  const held = useExplorer((state) => state.held);
  return (
    <section aria-label="Held latents" className={styles.shelf}>
      <h3 className={styles.title}>Held</h3>
      {held.length === 0 && <p className={styles.empty}>Nothing yet: click a cell of the grid to hold its latent.</p>}
      <ul className={styles.list}>
        {held.map(({ name, z, image }) => (
          <li key={name} className={styles.held}>
            <button
              type="button"
              className={styles.look}
              aria-label={`Look at ${name}`}
              onClick={() => {
                explorer.lookAt(z);
              }}
            >
              <Picture name="" images={image} index={0} />
            </button>
            <span className={styles.name}>{name}</span>
            <IconButton
              name={`Let go of ${name}`}
              look="quiet"
              onClick={() => {
                explorer.release(name);
              }}
            >
              <X size={12} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
