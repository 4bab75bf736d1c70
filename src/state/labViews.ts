/** The names of what can be shown in the plane, and which of them exclude one another. It must not know how they look. */

/** All that can be shown in the plane. At most one of the grounds is shown at a time. */
export const LAB_VIEWS = ["real", "fake", "boundary", "manifold", "told", "surface", "optimal", "difference"] as const;
export type LabView = (typeof LAB_VIEWS)[number];

export const GROUNDS: readonly LabView[] = ["surface", "optimal", "difference"];

/** The views after one was switched on or off: a ground takes the place of another. */
export function switched(views: readonly LabView[], view: LabView): LabView[] {
  if (views.includes(view)) return views.filter((other) => other !== view);
  return [...(GROUNDS.includes(view) ? views.filter((other) => !GROUNDS.includes(other)) : views), view];
}
