/** Without WebGPU: the page says what runs instead, and why. */
import { CHROMIUM_FLAGS, findBrowser } from "../tools/browser.ts";
import { expect, test } from "./drivers/test.ts";

const browser = findBrowser();
const WITHOUT_WEBGPU = [...CHROMIUM_FLAGS.filter((flag) => !/webgpu|Vulkan/i.test(flag)), "--disable-features=WebGPU"];

test.use({
  launchOptions: { args: WITHOUT_WEBGPU, ...(browser === null ? {} : { executablePath: browser }) },
});

test("without WebGPU another backend is taken and named, with the reason, and the processor can be chosen by hand", async ({
  duel,
}) => {
  await duel.open();
  await expect(duel.combobox("Backend")).toHaveText(/^(WebGL|SIMD|CPU) automatic$/);
  await expect(duel.duel).toContainText(/WebGPU: /);
  await duel.takeStep();
  await duel.choose("Backend", "CPU");
  await duel.isReady();
  await expect(duel.combobox("Backend")).toHaveText("CPU chosen");
  await duel.takeStep();
});

test("asking for WebGPU where there is none is refused, and automatic choice is offered", async ({ duel }) => {
  await duel.visit({ backend: "webgpu" });
  await expect(duel.notice).toContainText("This backend does not work here");
  await duel.button("Use automatic backend").click();
  await duel.isReady();
  await expect(duel.notice).toBeHidden();
});
