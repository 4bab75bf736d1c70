/** Which views of the plane are shown, and what their colours mean. It knows the table of views and the preference alone. */
import { useId } from "react";
import { LAB_VIEWS, switched } from "../../state/labViews.ts";
import { useDuel, usePreference, useSession } from "../context.ts";
import { VIEW_TEXTS } from "./views.ts";
import styles from "./ViewToggles.module.css";

export function ViewToggles() {
  const { preferences } = useDuel();
  const views = usePreference((state) => state.labViews);
  const latentDim = useSession((state) => state.running.latentDim);
  const id = useId();
  return (
    <div className={styles.views}>
      <div role="group" aria-labelledby={id} className={styles.toggles}>
        <h3 id={id} className={styles.title}>
          Show
        </h3>
        {LAB_VIEWS.map((view) => (
          <button
            key={view}
            type="button"
            className={styles.toggle}
            aria-pressed={views.includes(view)}
            onClick={() => {
              preferences.setState({ labViews: switched(views, view) });
            }}
          >
            <span className={styles.mark} data-mark={VIEW_TEXTS[view].mark} aria-hidden="true" />
            {VIEW_TEXTS[view].label}
          </button>
        ))}
      </div>
      <ul className={styles.captions} aria-label="What the colours mean">
        {LAB_VIEWS.filter((view) => views.includes(view)).map((view) => (
          <li key={view}>
            {VIEW_TEXTS[view].caption}
            {view === "manifold" && latentDim !== 2 && ` ${planeNote(latentDim)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The net of latents that are no plane. */
function planeNote(latentDim: number): string {
  if (latentDim === 1) return "This generator has a single latent dimension, so the net is a thread.";
  return `It shows the first two of ${String(latentDim)} latent dimensions, with all others at 0.`;
}
