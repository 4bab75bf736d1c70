/** The explorer over a run that is only pretended: its images have one pixel, which says where in latent space they were made. */
import { expect, test } from "vitest";
import type { ImageBatch } from "../worker/protocol.ts";
import type { MadeClass } from "../worker/questions/makeClass.question.ts";
import type { QuestionOf } from "../worker/questions/questions.ts";
import { Explorer, MOST_HELD } from "./explorer.ts";
import { PLANE_SIZE, REACH } from "./latentPlaces.ts";
import { pretendRun, settled } from "./pretendedRun.ts";

const LATENT_DIM = 2;
/** Latents of the grid: (0, 0), (1, 0), (0, 1), … */
const PROBE = Float32Array.of(0, 0, 1, 0, 0, 1);

/** Twice ten times the latent, so that every tenth can be told; two channels, one for each dimension. */
function imagesOf(values: Float32Array): ImageBatch {
  const pixels = Uint8Array.from(values, (value) => Math.round(value * 10) + 128);
  return { count: values.length / LATENT_DIM, shape: [1, 1, LATENT_DIM], pixels };
}

function seen(images: ImageBatch | null | undefined): readonly number[] {
  return [...(images?.pixels ?? [])].map((byte) => (byte - 128) / 10);
}

interface PretendedGenerator {
  readonly probe: Float32Array<ArrayBuffer>;
  /** How many of a latent's last numbers say the class. */
  readonly classes: number;
}

/** A class that is still being sought. */
function halfMade({ latent, steps }: QuestionOf<"makeClass">): MadeClass {
  return { step: 5, steps, probability: 0.5, distance: 1, latent, image: imagesOf(latent) };
}

function startExplorer({ probe, classes }: PretendedGenerator = { probe: PROBE, classes: 0 }) {
  const { session } = pretendRun(
    (asked) => {
      if (asked.name === "latents") {
        const directions = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
        const importance = Float32Array.of(0.6, 0.4);
        const map = { latentDim: LATENT_DIM, classes, probe, directions, shares: [0.6, 0.4], importance };
        return { name: "latents", answer: map };
      }
      if (asked.name === "render" && asked.question.kind === "given") {
        return { name: "render", answer: imagesOf(asked.question.values) };
      }
      if (asked.name !== "makeClass") return "Not now.";
      const { label, steps } = asked.question;
      return { name: "makeClass", answer: { ...halfMade(asked.question), step: steps, probability: label / 10 } };
    },
    (asked) => (asked.name === "makeClass" ? { name: "makeClass", interim: halfMade(asked.question) } : null),
  );
  return { session, explorer: new Explorer(session) };
}

test("opening looks at the first cell of the grid and shows the plane around it", async () => {
  const { explorer } = startExplorer();
  await explorer.open();
  await settled();
  const { image, plane } = explorer.store.getState();
  expect(seen(image)).toEqual([0, 0]);
  expect(plane?.count).toBe(PLANE_SIZE * PLANE_SIZE);
  // The first image is at the top left: least of direction 1, most of direction 2.
  expect(seen(plane).slice(0, 2)).toEqual([-REACH, REACH]);
});

test("opening again finds the main directions anew, and goes on from what is looked at", async () => {
  const { explorer } = startExplorer();
  await explorer.open();
  explorer.holdCell(1);
  explorer.moveAlong(1, 2);
  const { map } = explorer.store.getState();
  await explorer.open();
  await settled();
  const { map: found, anchor, offsets, image } = explorer.store.getState();
  expect(found).not.toBe(map);
  expect([anchor?.[0], anchor?.[1]]).toEqual([1, 2]);
  expect(offsets.every((offset) => offset === 0)).toBe(true);
  expect(seen(image)).toEqual([1, 2]);
});

test("what is looked at is the anchor, moved along the directions and shrunk by truncation", async () => {
  const { explorer } = startExplorer();
  await explorer.open();
  explorer.holdCell(1);
  explorer.moveAlong(1, 2);
  await settled();
  expect(seen(explorer.store.getState().image)).toEqual([1, 2]);
  explorer.truncate(0.5);
  await settled();
  expect(seen(explorer.store.getState().image)).toEqual([0.5, 1]);
  explorer.setDimension(0, -1);
  await settled();
  expect(seen(explorer.store.getState().image)).toEqual([-0.5, 1]);
});

test("held latents have letters, images, and an end", async () => {
  const { explorer } = startExplorer();
  await explorer.open();
  for (const cell of [0, 1, 2]) explorer.holdCell(cell);
  await settled();
  expect(explorer.store.getState().held.map(({ name, image }) => [name, seen(image)])).toEqual([
    ["A", [0, 0]],
    ["B", [1, 0]],
    ["C", [0, 1]],
  ]);
  explorer.release("B");
  explorer.holdCell(1);
  expect(explorer.store.getState().held.map(({ name }) => name)).toEqual(["A", "C", "B"]);
  for (let more = 0; more < MOST_HELD; more++) explorer.holdCurrent();
  expect(explorer.store.getState().held).toHaveLength(MOST_HELD);
  expect(explorer.store.getState().refusal).toContain("Let one go first");
});

test("a sum of held latents is looked at", async () => {
  const { explorer } = startExplorer();
  await explorer.open();
  for (const cell of [1, 0, 2]) explorer.holdCell(cell);
  explorer.combine("A", "B", "C");
  await settled();
  expect(seen(explorer.store.getState().image)).toEqual([1, 1]);
});

test("a film goes from each held latent to the next and back to the first", async () => {
  const { explorer } = startExplorer();
  await explorer.open();
  for (const cell of [1, 2]) explorer.holdCell(cell);
  explorer.filmHeld();
  await settled();
  const film = explorer.store.getState().film;
  expect(film?.caption).toBe("A → B → A");
  const frames = seen(film?.images);
  const half = frames.length / 2;
  expect([frames.slice(0, 2), frames.slice(half, half + 2)]).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test("picking a relative makes it the parent of the next generation", async () => {
  const { explorer } = startExplorer();
  await explorer.open();
  explorer.breed();
  await settled();
  const [, second] = explorer.store.getState().relatives?.latents ?? [];
  explorer.pick(1);
  await settled();
  const { anchor, generation, relatives } = explorer.store.getState();
  expect(anchor).toEqual(second);
  expect(generation).toBe(2);
  expect(relatives?.latents[1]).not.toEqual(second);
});

test("of a generator that is told classes relatives and truncation move the noise, and leave the class", async () => {
  // One number of noise, and one that says the class.
  const { explorer } = startExplorer({ probe: Float32Array.of(2, 1, -1, 0), classes: 1 });
  await explorer.open();
  explorer.truncate(0.5);
  await settled();
  const { image, plane } = explorer.store.getState();
  expect(seen(image)).toEqual([1, 1]);
  expect(seen(plane).filter((_, index) => index % LATENT_DIM === 0)).toContain(1 - REACH / 2);
  explorer.truncate(1);
  explorer.moveInPlane(0, 0);
  explorer.breed();
  await settled();
  const relatives = explorer.store.getState().relatives?.latents ?? [];
  expect(relatives.map(([, told]) => told)).toEqual(relatives.map(() => 1));
  expect(new Set(relatives.map(([noise]) => noise)).size).toBe(relatives.length);
  explorer.holdCell(0);
  explorer.holdCell(1);
  explorer.filmHeld();
  await settled();
  const frames = seen(explorer.store.getState().film?.images).filter((_, index) => index % LATENT_DIM === 1);
  // From one class to the other evenly: half of the way is in the middle of the first half.
  expect(frames[frames.length / 4]).toBe(0.5);
});

test("a held latent is turned into a class, as far as the search has come, and stays what it was", async () => {
  const { explorer } = startExplorer();
  await explorer.open();
  explorer.holdCell(1);
  await settled();
  const turned = explorer.turn("A", 7);
  await settled();
  await turned;
  const { turning, held } = explorer.store.getState();
  expect(turning).toMatchObject({ label: 7, underWay: false, from: { name: "A" }, found: { probability: 0.7 } });
  expect(seen(held[0]?.image)).toEqual([1, 0]);
  await explorer.turn("Z", 7);
  expect(explorer.store.getState().turning).toBe(turning);
});

test("a new run forgets the latents of the old one", async () => {
  const { session, explorer } = startExplorer();
  await explorer.open();
  explorer.holdCell(1);
  session.reset();
  await settled();
  expect(explorer.store.getState()).toMatchObject({ map: null, held: [], anchor: null, image: null });
});
