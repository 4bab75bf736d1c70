import { expect, test } from "vitest";
import { present } from "../../shared/invariant.ts";
import { isSoftwareAdapter } from "./adapter.ts";
import { exchangesInFours, withExchange } from "./exchange.ts";

async function requestAdapter(): Promise<GPUAdapter> {
  return present(await navigator.gpu.requestAdapter(), "an adapter");
}

test("threads of a processor exchange numbers where its adapter can, and a graphics card is asked for as before", async () => {
  const { features, info } = await requestAdapter();
  const isWanted = isSoftwareAdapter(info) && features.has("subgroups");
  const device = await withExchange(async () => (await requestAdapter()).requestDevice());
  expect(device.features.has("subgroups")).toBe(isWanted);
  expect(exchangesInFours(device)).toBe(isWanted && info.subgroupMinSize === 4 && info.subgroupMaxSize === 4);
  device.destroy();
});

test("a device that is asked for afterwards is asked for as it is, also when the start before failed", async () => {
  const failing = withExchange(() => Promise.reject(new Error("it did not start")));
  await expect(failing).rejects.toThrow("it did not start");
  const device = await (await requestAdapter()).requestDevice();
  expect(exchangesInFours(device)).toBe(false);
  device.destroy();
});
