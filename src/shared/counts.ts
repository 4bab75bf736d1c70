/** Whole numbers as the page writes them. It must not know what is counted. */

/** With a comma between thousands: "2,721". */
export function formatCount(count: number): string {
  return count.toLocaleString("en");
}
