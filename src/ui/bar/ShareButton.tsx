/** Copies the page's address, which holds the whole config. */
import { Check, Link } from "lucide-react";
import { useState } from "react";
import { writeLink } from "../../state/link.ts";
import { useDuel } from "../context.ts";
import { IconButton } from "../controls/Button.tsx";

const THANKS_MILLISECONDS = 2000;

type Outcome = "none" | "copied" | "refused";

const HINTS: Readonly<Record<Outcome, string>> = {
  none: "Copy a link to these settings",
  copied: "Copied",
  refused: "The browser refused to copy: take the address from its bar",
};

export function ShareButton() {
  const { session } = useDuel();
  const [outcome, setOutcome] = useState<Outcome>("none");
  const copy = async (): Promise<void> => {
    const { presetId, wanted } = session.store.getState();
    const link = new URL(writeLink({ presetId, config: wanted }), window.location.href);
    try {
      await navigator.clipboard.writeText(link.href);
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
    setTimeout(() => {
      setOutcome("none");
    }, THANKS_MILLISECONDS);
  };
  return (
    <IconButton name="Share" hint={HINTS[outcome]} look="quiet" onClick={() => void copy()}>
      {outcome === "copied" ? <Check size={16} aria-hidden="true" /> : <Link size={16} aria-hidden="true" />}
    </IconButton>
  );
}
