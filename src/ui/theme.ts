/** The page's colours, as a person likes them: from the first paint on, and not only once a component stands. */
import type { PreferencesStore, Theme } from "../state/preferences.ts";

/** Shows the root in the preferred theme now and at every change; the answer stops that. */
export function followTheme(preferences: PreferencesStore, root: HTMLElement): () => void {
  show(root, preferences.getState().theme);
  return preferences.subscribe(({ theme }) => {
    show(root, theme);
  });
}

function show(root: HTMLElement, theme: Theme): void {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}
