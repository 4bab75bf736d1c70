/** How steps are made ready and made: what the page says of kernels that are compiled. */
import { expect, test } from "./drivers/test.ts";

test("kernels are counted while they are compiled, and training asked for meanwhile begins afterwards", async ({
  duel,
}) => {
  await duel.visit({ backend: "webgpu" });
  await expect(duel.status).toContainText(/Preparing \d+ of \d+ kernels/, { timeout: 60_000 });
  // Where the last kernels come while the button is pressed, training begins at once.
  await duel.train.click();
  await duel.hasTrainedTo(2);
  await duel.pause.click();
  await expect(duel.status).toContainText("Paused at step");
  // The same networks again: nothing is left to compile.
  await duel.reset.click();
  await duel.isReady();
});
