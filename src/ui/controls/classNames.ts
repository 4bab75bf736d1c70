/** Class names side by side. It knows no style sheet; a name that one does not have is left out. */
export function classNames(...names: readonly (string | undefined)[]): string {
  return names.filter((name) => name !== undefined).join(" ");
}
