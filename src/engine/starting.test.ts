import { expect, test } from "vitest";
import { isSoftwareRenderer, shortRendererName } from "./starting.ts";

test.each([
  ["ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)", "SwiftShader"],
  ["ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002503) Direct3D11 vs_5_0 ps_5_0, D3D11)", "NVIDIA GeForce RTX 3060"],
  ["ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)", "Apple M2"],
  ["Apple GPU", "Apple GPU"],
])("%s is shown as its name alone", (name, short) => {
  expect(shortRendererName(name)).toBe(short);
});

test("an emulated renderer is known as such by its full name and by its short one", () => {
  const name = "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)";
  expect(isSoftwareRenderer(name)).toBe(true);
  expect(isSoftwareRenderer(shortRendererName(name))).toBe(true);
  expect(isSoftwareRenderer("Apple M2")).toBe(false);
});
