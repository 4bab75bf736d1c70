import { describe, expect, test } from "vitest";
import { DEFAULT_CONFIG, parseConfig } from "./config.ts";
import { describeNetworks } from "./networkShape.ts";
import { presetById } from "./presets/index.ts";
import { TEMPLATE_NAMES, TEMPLATES } from "./templates.ts";

const IMAGES = [
  [28, 28, 1],
  [32, 32, 3],
  [64, 64, 3],
];

describe.for([...TEMPLATE_NAMES])("the template %s", (name) => {
  const { make, imagesOnly } = TEMPLATES[name];
  const shapes = imagesOnly ? IMAGES : [...IMAGES, [2]];

  test.for(shapes)("makes networks that fit data of shape %j", (dataShape) => {
    const networks = make(dataShape);
    const { generator, discriminator } = describeNetworks({ ...networks, conditioning: null }, dataShape);
    expect([generator.problem, discriminator.problem]).toEqual([null, null]);
    const parsed = parseConfig({ ...DEFAULT_CONFIG, ...networks });
    expect(parsed.ok && parsed.config).toMatchObject(networks);
  });
});

test("the templates for MNIST are the networks of its presets", () => {
  const perceptrons = presetById("mnist-mlp")?.config;
  const dcgan = presetById("mnist-dcgan")?.config;
  expect(perceptrons).toMatchObject(TEMPLATES.mlp.make([28, 28, 1]));
  expect(dcgan).toMatchObject(TEMPLATES.dcgan.make([28, 28, 1]));
});
