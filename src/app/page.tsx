/** What a person sees, over stores that stand already. Composition only. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { present } from "../shared/invariant.ts";
import type { Duel } from "../state/start.ts";
import { App } from "../ui/App.tsx";
import { DuelContext } from "../ui/context.ts";
import { shareNonce } from "../ui/nonce.ts";

/** Shows the page; the answer takes it away. */
export function showPage(duel: Duel): () => void {
  shareNonce();
  const root = createRoot(present(document.getElementById("root"), "the root element"));
  root.render(
    <StrictMode>
      <DuelContext value={duel}>
        <App />
      </DuelContext>
    </StrictMode>,
  );
  return () => {
    root.unmount();
  };
}
