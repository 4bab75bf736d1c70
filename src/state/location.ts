/** The session's config and the place kept in the address bar, and followed when a person changes the address. It knows no components. */
import { isBackendChoice, type BackendChoice } from "../engine/backends.ts";
import { readLink, writeLink } from "./link.ts";
import type { PlaceName, PlaceStore } from "./places.ts";
import type { Session } from "./session.ts";
import { watch } from "./stream.ts";

/** Browsers refuse addresses that change too often; Safari allows 100 in 10 seconds. */
const PACE_MILLISECONDS = 250;

/** The backend that `?backend=` asks for; null where it names none, and `strange` holds the word it used. */
export function readBackendQuery(search: string): { readonly choice: BackendChoice; readonly strange: string | null } {
  const asked = new URLSearchParams(search).get("backend");
  if (asked === null) return { choice: "auto", strange: null };
  return isBackendChoice(asked) ? { choice: asked, strange: null } : { choice: "auto", strange: asked.slice(0, 40) };
}

/** Keeps the hash in step with the session and the place, from now until the returned function is called. */
export function followLocation(session: Session, places: PlaceStore, page: Window): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const standing = (place: PlaceName): string => {
    const { presetId, wanted } = session.store.getState();
    return writeLink({ presetId, config: wanted, place });
  };
  const write = (): void => {
    timer = null;
    const hash = standing(places.getState().place);
    if (hash !== page.location.hash) page.history.replaceState(page.history.state, "", hash);
  };
  const stopWatching = watch(
    session.store,
    (state) => state.wanted,
    () => {
      timer ??= setTimeout(write, PACE_MILLISECONDS);
    },
  );
  const read = (): void => {
    const link = readLink(page.location.hash);
    places.setState({ place: link.place });
    // Going to another place changes no config, and so must not begin a new run where one waits to be begun.
    if (page.location.hash === standing(link.place)) return;
    if (link.ok) session.followLink(link);
    else session.reportLink(link.problems);
    timer ??= setTimeout(write, PACE_MILLISECONDS);
  };
  page.addEventListener("hashchange", read);
  return () => {
    stopWatching();
    if (timer !== null) clearTimeout(timer);
    page.removeEventListener("hashchange", read);
  };
}
