/** Puts the page together: client, stores and components. Composition only. */
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { present } from "../shared/invariant.ts";
import { readLink } from "../state/link.ts";
import { followLocation, readBackendQuery } from "../state/location.ts";
import type { Shelf } from "../state/preferences.ts";
import { createPreferences } from "../state/preferences.ts";
import { Session } from "../state/session.ts";
import { createStream } from "../state/stream.ts";
import { App } from "../ui/App.tsx";
import "../ui/base.css";
import { DuelContext } from "../ui/context.ts";
import { shareNonce } from "../ui/nonce.ts";
import "../ui/tokens.css";
import { createTrainingClient } from "../worker/client.ts";

/** Reading localStorage itself throws where a browser forbids it. */
function openShelf(): Shelf | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

shareNonce();
const link = readLink(window.location.hash);
const { choice, strange } = readBackendQuery(window.location.search);
const problems = link.ok ? [] : [...link.problems];
if (strange !== null) problems.push(`There is no backend called “${strange}”.`);
const stream = createStream();
const preferences = createPreferences(openShelf());
const session = new Session({
  client: createTrainingClient(),
  stream,
  start: { presetId: link.presetId, config: link.config, problems },
  backend: choice,
  now: () => performance.now(),
});
const stopFollowing = followLocation(session, window);

const root = createRoot(present(document.getElementById("root"), "the root element"));
root.render(
  <StrictMode>
    <DuelContext value={{ session, stream, preferences }}>
      <App />
    </DuelContext>
  </StrictMode>,
);

import.meta.hot?.dispose(() => {
  stopFollowing();
  session.dispose();
  root.unmount();
});
