/** What goes wrong: it is said, what is safe stays, and a button leads on. */
import { SMALL } from "./drivers/duelPage.ts";
import { expect, test } from "./drivers/test.ts";

test("a damaged shard is named, and a retry brings the real one", async ({ duel }) => {
  await duel.page.route("**/data/mnist/train-0.bin", (route) => route.fulfill({ body: "not a shard at all" }));
  await duel.visit();
  await expect(duel.notice).toContainText("The data is damaged", { timeout: 60_000 });
  await expect(duel.status).toContainText("Ready");
  await duel.train.click();
  await expect(duel.status).toContainText("Waiting for data");
  expect(await duel.stepCount()).toBe(0);

  await duel.page.unroute("**/data/mnist/train-0.bin");
  await duel.button("Retry download").click();
  // It was asked to train, so it does as soon as it can.
  await duel.hasTrainedTo(5);
  await expect(duel.notice).toBeHidden();
});

test("a download that fails is said to have failed, and a retry goes on", async ({ duel }) => {
  await duel.page.route("**/data/mnist/train-0.bin", (route) => route.abort());
  await duel.visit();
  await expect(duel.notice).toContainText("The data did not come", { timeout: 60_000 });
  await duel.page.unroute("**/data/mnist/train-0.bin");
  await duel.button("Retry download").click();
  await expect(duel.notice).toBeHidden();
  await duel.train.click();
  await duel.hasTrainedTo(5);
});

test("a worker that dies is reported, what was measured stays, and a new one has the same config", async ({ duel }) => {
  await duel.open();
  await duel.takeStep();
  await duel.crashWorker();
  await expect(duel.notice).toContainText("The training worker died");
  await expect(duel.notice).toContainText("pulled the plug");
  await expect(duel.status).toContainText("Stopped");
  expect(await duel.stepCount()).toBe(1);

  await duel.button("Start a new worker").click();
  await duel.isReady();
  await expect(duel.notice).toBeHidden();
  await expect(duel.slider("Batch size")).toHaveValue(SMALL.batch);
  await duel.takeStep();
});

test("a graphics device that is lost costs no more than the steps since the last snapshot", async ({ duel }) => {
  await duel.open({ backend: "webgpu" });
  await duel.train.click();
  await duel.hasTrainedTo(3);
  await duel.pause.click();
  await expect(duel.status).toContainText("Paused at step");
  const saved = await duel.stepCount();
  const { generator } = await duel.fingerprints();
  await duel.loseDevice();
  await duel.train.click();
  await expect(duel.notice).toContainText("The graphics device was lost");
  await expect(duel.notice).toContainText(`a snapshot of the whole run at step ${String(saved)}`);
  await expect(duel.status).toContainText("Stopped");

  // On the processor, from the very weights.
  await duel.button("Go on with SIMD").click();
  await expect(duel.notice).toBeHidden();
  await duel.hasTrainedTo(saved + 2);
  await duel.pause.click();
  await expect(duel.status).toContainText("Paused at step");
  expect((await duel.fingerprints()).generator).not.toBe(generator);
  await expect(duel.combobox("Backend")).toContainText("SIMD");
});

test("a run that diverges stops with an explanation, and its last numbers stay", async ({ duel }) => {
  const wild = {
    loss: "wasserstein",
    gOptimizer: "sgd",
    dOptimizer: "sgd",
    gLearningRate: "0.1",
    dLearningRate: "0.1",
  };
  await duel.open({ hash: { ...SMALL, ...wild, gMomentum: "0.99", dMomentum: "0.99" } });
  await duel.train.click();
  await expect(duel.notice).toContainText("The training blew up", { timeout: 60_000 });
  await expect(duel.status).toContainText("Stopped");
  expect(await duel.stepCount()).toBeGreaterThan(0);
  await expect(duel.figure("Losses")).not.toContainText("Nothing measured yet");
  await duel.button("Start again at step 0").click();
  await duel.isReady();
});

test("networks that cannot be built are refused with the layer named", async ({ duel }) => {
  const generator = JSON.stringify([{ type: "dense", units: 10, useBias: true }]);
  await duel.visit({ hash: { preset: "mnist-mlp", generator } });
  await expect(duel.notice).toContainText("These networks cannot be built");
  await duel.button("Back to the preset").click();
  await duel.isReady();
});
