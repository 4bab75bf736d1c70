/** How the commands speak: every part of the work prints its name and how long it took. Plain JavaScript, built-ins only. */

/**
 * Does one part of the work and prints how long it took.
 * @template Result
 * @param {string} title what is done, as a person would say it
 * @param {() => Promise<Result> | Result} work returns anything; a string is printed as the outcome
 * @returns {Promise<Result>}
 */
export async function part(title, work) {
  const start = performance.now();
  console.log(`· ${title} …`);
  try {
    const result = await work();
    console.log(`✓ ${title}: ${typeof result === "string" ? `${result}, ` : ""}${secondsSince(start)}`);
    return result;
  } catch (error) {
    console.log(`✗ ${title}: failed, ${secondsSince(start)}`);
    throw error;
  }
}

/** @param {number} start by performance.now() */
function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
