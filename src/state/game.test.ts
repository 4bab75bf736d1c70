/** The game over a pretended run, whose discriminator is sure that dark images are fake and bright ones real. */
import { expect, test } from "vitest";
import type { JudgedImages } from "../worker/questions/judge.question.ts";
import { Game } from "./game.ts";
import { ROUND_LENGTH } from "./guessing.ts";
import { pretendRun, settled } from "./pretendedRun.ts";

function group(count: number, brightness: number): JudgedImages {
  return {
    images: { count, shape: [1, 1, 1], pixels: new Uint8Array(count).fill(brightness) },
    logits: new Float32Array(count).fill(brightness > 0 ? 3 : -3),
  };
}

function startGame({ reals = true, refusal }: { readonly reals?: boolean; readonly refusal?: string } = {}) {
  const run = pretendRun((asked) => {
    if (refusal !== undefined) return refusal;
    if (asked.name !== "judge") throw new Error(`Nobody should have asked for ${asked.name}.`);
    const groups = asked.question.sources.map((source) => {
      if (source.kind === "fresh") return group(source.count, 0);
      return group(reals && source.kind === "real" ? source.count : 0, 255);
    });
    return { name: "judge", answer: { step: 12, groups } };
  });
  const game = new Game(run.session);
  return { ...run, game, state: () => game.store.getState() };
}

/** Says what is right until the game is over, but of the first `wrong` images the other. */
function play(game: Game, wrong: number): void {
  const truths = game.store.getState().round?.truths ?? [];
  for (const [index, truth] of truths.entries()) {
    const other = truth === "real" ? "fake" : "real";
    game.guess(index < wrong ? other : truth);
  }
}

test("a game goes over twenty images, and tells how well person and discriminator did", async () => {
  const { game, state } = startGame();
  await game.begin();
  expect(state().phase).toBe("playing");
  play(game, 5);
  expect(state().phase).toBe("over");
  expect(state().guesses).toHaveLength(ROUND_LENGTH);
  expect(state().results).toEqual([{ step: 12, person: 15 / 20, discriminator: 1 }]);
});

test("a guess too many changes nothing", async () => {
  const { game, state } = startGame();
  game.guess("real");
  expect(state().guesses).toEqual([]);
  await game.begin();
  play(game, 0);
  const over = state();
  game.guess("fake");
  expect(state()).toBe(over);
});

test("every game has other images, and results gather until the run goes away", async () => {
  const { game, session, asked, state } = startGame();
  for (const wrong of [0, 20]) {
    await game.begin();
    play(game, wrong);
  }
  expect(state().results.map(({ person }) => person)).toEqual([1, 0]);
  const firsts = asked.flatMap(({ name, question }) =>
    name === "judge" ? question.sources.map((source) => ("first" in source ? source.first : -1)) : [],
  );
  expect(new Set(firsts).size).toBe(4);
  session.reset();
  expect(state()).toMatchObject({ phase: "idle", round: null, results: [] });
});

test("a game that is left counts for nothing", async () => {
  const { game, state } = startGame();
  await game.begin();
  game.guess("real");
  game.leave();
  expect(state()).toMatchObject({ phase: "idle", round: null, guesses: [], results: [] });
});

test("a run that goes away while images are dealt takes the game with it", async () => {
  const { game, session, state } = startGame();
  const begun = game.begin();
  session.reset();
  await begun;
  await settled();
  expect(state()).toMatchObject({ phase: "idle", round: null, refusal: "" });
});

test("without real images there is no game, and it says so", async () => {
  const { game, state } = startGame({ reals: false });
  await game.begin();
  expect(state()).toMatchObject({ phase: "idle", refusal: expect.stringContaining("have not come yet") as string });
});

test("a refusal is told", async () => {
  const { game, state } = startGame({ refusal: "The weights are no longer numbers." });
  await game.begin();
  expect(state()).toMatchObject({ phase: "idle", refusal: "The weights are no longer numbers. Wait." });
});
