/** Puts the page together: stores and components. Composition only. */
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
// Before any component's own styles, which may say otherwise.
import "../ui/tokens.css";
import "../ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { present } from "../shared/invariant.ts";
import { startDuel } from "../state/start.ts";
import { App } from "../ui/App.tsx";
import { DuelContext } from "../ui/context.ts";
import { shareNonce } from "../ui/nonce.ts";

shareNonce();
const duel = startDuel(window);
const root = createRoot(present(document.getElementById("root"), "the root element"));
root.render(
  <StrictMode>
    <DuelContext value={duel}>
      <App />
    </DuelContext>
  </StrictMode>,
);

import.meta.hot?.dispose(() => {
  duel.dispose();
  root.unmount();
});
