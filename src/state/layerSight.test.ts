/** Single layers of a pretended run, which answers with numbers that say what was asked. */
import { expect, test } from "vitest";
import type { ImageBatch } from "../worker/protocol.ts";
import { LayerSight } from "./layerSight.ts";
import { Lens } from "./lens.ts";
import { pretendRun, settled } from "./pretendedRun.ts";

const SHAPE = [2, 2, 1] as const;
const grey = (byte: number): ImageBatch => ({ count: 1, shape: SHAPE, pixels: new Uint8Array(4).fill(byte) });

function startSight(refusal?: string) {
  const run = pretendRun((asked) => {
    switch (asked.name) {
      case "featureMaps": {
        if (refusal !== undefined) return refusal;
        const { of, layer } = asked.question;
        const told = of.player === "generator" ? of.cell : (of.image.pixels[0] ?? 0);
        return { name: asked.name, answer: { step: 3, of: 2, shape: [2], values: Float32Array.of(told, layer) } };
      }
      case "filters":
        return { name: asked.name, answer: null };
      case "activity":
        return { name: asked.name, answer: { step: 3, fakes: 64, reals: 0, generator: [], discriminator: [] } };
      case "saliency":
        return { name: asked.name, answer: { step: 3, logit: 0, slopes: new Float32Array(4) } };
      default:
        throw new Error(`Nobody should have asked for ${asked.name}.`);
    }
  });
  const lens = new Lens(run.session);
  const sight = new LayerSight(run.session, lens);
  const names = () => run.asked.map(({ name }) => name);
  return { ...run, lens, sight, names, state: () => sight.store.getState() };
}

test("the discriminator is looked at first, at its first layer that learns, once something is under the lens", async () => {
  const { sight, lens, session, names, state } = startSight();
  const { discriminator } = session.store.getState().running;
  expect(state().chosen.player).toBe("discriminator");
  expect(["dense", "conv2d"]).toContain(discriminator[state().chosen.layer]?.type);
  sight.refresh();
  await settled();
  expect(names()).not.toContain("featureMaps");
  lens.hold(grey(7));
  await settled();
  expect(state().maps?.values).toEqual(Float32Array.of(7, state().chosen.layer));
});

test("maps follow the pen, and the layer that is chosen", async () => {
  const { sight, lens, state } = startSight();
  lens.hold(grey(7));
  await settled();
  lens.hold(grey(9));
  sight.choose("discriminator", 2);
  await settled();
  expect(state().maps).toMatchObject({ values: Float32Array.of(9, 2), place: { player: "discriminator", layer: 2 } });
});

test("the generator is watched at a cell of the grid, whatever is under the lens", async () => {
  const { sight, lens, names, state } = startSight();
  sight.choose("generator", 1);
  sight.follow(5);
  await settled();
  expect(state().maps).toMatchObject({ values: Float32Array.of(5, 1), cell: 5 });
  const before = names().filter((name) => name === "featureMaps").length;
  lens.hold(grey(9));
  await settled();
  expect(names().filter((name) => name === "featureMaps")).toHaveLength(before);
});

test("tallies of both networks are made less often than looks, and each over fresh latents", async () => {
  const { sight, names, asked, state, session } = startSight();
  for (let look = 0; look < 5; look++) {
    sight.refresh();
    await settled();
  }
  expect(names().filter((name) => name === "activity")).toHaveLength(1);
  expect(state().activity?.fakes).toBe(64);
  session.reset();
  expect(state().activity).toBeNull();
  sight.refresh();
  await settled();
  const firsts = asked.flatMap(({ name, question }) => (name === "activity" ? [question.first] : []));
  expect(firsts).toEqual([0, 64]);
  sight.dispose();
});

test("a run with fewer layers is looked at where it has one", async () => {
  const { sight, session, state } = startSight();
  sight.choose("generator", 40);
  session.reset();
  const { generator } = session.store.getState().running;
  expect(state().chosen.layer).toBeLessThan(generator.length);
  await settled();
});

test("a refusal is told", async () => {
  const { lens, state } = startSight("The discriminator has no layer 9.");
  lens.hold(grey(1));
  await settled();
  expect(state().refusal).toBe("The discriminator has no layer 9. Wait.");
});
