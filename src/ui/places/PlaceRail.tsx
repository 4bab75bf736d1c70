/** The one navigation: a link to every place, which keeps the config. */
import { writeLink } from "../../state/link.ts";
import { PLACES, type PlaceName } from "../../state/places.ts";
import { usePlace, useSession } from "../context.ts";
import styles from "./PlaceRail.module.css";
import { PLACE_VIEWS } from "./views.ts";

const NAMES = Object.keys(PLACES) as readonly PlaceName[];

export function PlaceRail() {
  const here = usePlace();
  const presetId = useSession((state) => state.presetId);
  const config = useSession((state) => state.wanted);
  return (
    <nav aria-label="Places" className={styles.rail}>
      {NAMES.map((place) => {
        const Icon = PLACE_VIEWS[place].icon;
        return (
          <a
            key={place}
            href={writeLink({ presetId, config, place })}
            title={PLACES[place].help}
            aria-current={place === here ? "page" : undefined}
            className={styles.link}
          >
            <Icon size={18} aria-hidden="true" />
            {PLACES[place].label}
          </a>
        );
      })}
    </nav>
  );
}
