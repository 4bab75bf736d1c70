/** Starts the page: its stores with the worker, and beside that what is seen of them. Composition only. */
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
// Before any component's own styles, which may say otherwise.
import "../ui/tokens.css";
import "../ui/base.css";
import { startDuel } from "../state/start.ts";
import { followTheme } from "../ui/theme.ts";

// The components take longest to load and the worker to get ready: neither waits for the other.
const loading = import("./page.tsx");
const duel = startDuel(window);
const stopFollowing = followTheme(duel.preferences, document.documentElement);
const { showPage } = await loading;
const takeAway = showPage(duel);

import.meta.hot?.dispose(() => {
  stopFollowing();
  duel.dispose();
  takeAway();
});
