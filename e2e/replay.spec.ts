/** How steps are made ready and made: what the page says of kernels that are compiled, and of steps that cannot be replayed. */
import { SMALL } from "./drivers/duelPage.ts";
import { expect, test } from "./drivers/test.ts";

test("kernels are counted while they are compiled, and training asked for meanwhile begins afterwards", async ({
  duel,
}) => {
  await duel.visit({ backend: "webgpu" });
  await expect(duel.status).toContainText(/Preparing \d+ of \d+ kernels/, { timeout: 60_000 });
  await duel.train.click();
  await expect(duel.status).toContainText(/Preparing \d+ of \d+ kernels/);
  await duel.hasTrainedTo(2);
  await duel.pause.click();
  await expect(duel.status).toContainText("Paused at step");
  // The same networks again: nothing is left to compile.
  await duel.reset.click();
  await duel.isReady();
});

test("a network whose steps cannot be replayed is trained all the same, and a calm note says why", async ({ duel }) => {
  const discriminator = JSON.stringify([
    { type: "flatten" },
    { type: "dense", units: 16, useBias: true },
    { type: "batchNorm" },
    { type: "dense", units: 1, useBias: true },
  ]);
  await duel.open({ hash: { ...SMALL, discriminator, penalty: "wganGp" }, backend: "simd" });
  await expect(duel.note).toBeHidden();
  await duel.takeStep();
  await expect(duel.note).toContainText("Each step is worked out anew");
  await expect(duel.note).toContainText(/The discriminator’s could not be.*What stands in the way is .+: .+/);
  await expect(duel.notice).toBeHidden();
  await duel.note.getByRole("button", { name: "Dismiss" }).click();
  await expect(duel.note).toBeHidden();
  await duel.takeStep();
  await expect(duel.note).toBeHidden();
});
