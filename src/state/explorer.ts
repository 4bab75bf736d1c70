/**
 * What a person does in latent space: the latents that are held, the one that is looked at, ways between them. It asks the
 * run for images, one request at a time and the latest wish first; it must not know components or tensors.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import { changeNoise, labelledAnalogy } from "../shared/labelledLatent.ts";
import { relative, type LatentVector } from "../shared/latentSpace.ts";
import type { ImageBatch } from "../worker/protocol.ts";
import type { LatentsAnswer } from "../worker/questions/latents.question.ts";
import type { MadeClass } from "../worker/questions/makeClass.question.ts";
import type { ProjectedImage } from "../worker/questions/project.question.ts";
import { imageOf } from "./imageBatches.ts";
import { unlessRefused } from "./inquiries.ts";
import { latentAt, latentOfCell, planeAround, roundTrip, untamedAt } from "./latentPlaces.ts";
import { Search, type Progress } from "./search.ts";
import type { Session } from "./session.ts";
import { createWishes } from "./wishes.ts";

/** A latent that was kept, with its image by the weights of the last look. */
export interface Held {
  /** "A", "B", … in the order of holding. */
  readonly name: string;
  readonly z: LatentVector;
  readonly image: ImageBatch | null;
}

/** The images on a way, one after the other, and where the way passes held latents. */
export interface Film {
  readonly images: ImageBatch;
  readonly caption: string;
}

/** An image that is being sought in latent space. */
export interface Projection extends Progress<ProjectedImage> {
  readonly target: ImageBatch;
}

/** A held latent on its way to a class. */
export interface Turning extends Progress<MadeClass> {
  readonly from: Held;
  readonly label: number;
}

export interface ExplorerState {
  /** The grid's latents and the main directions; null until the run has told. */
  readonly map: LatentsAnswer | null;
  readonly held: readonly Held[];
  /** Where the sliders start from; null before anything was held. */
  readonly anchor: LatentVector | null;
  /** How far along each main direction the look is from the anchor. */
  readonly offsets: readonly number[];
  readonly truncation: number;
  /** What is looked at. */
  readonly image: ImageBatch | null;
  /** The plane of the first two directions around the anchor, PLANE_SIZE × PLANE_SIZE images. */
  readonly plane: ImageBatch | null;
  readonly relatives: { readonly latents: readonly LatentVector[]; readonly images: ImageBatch } | null;
  readonly generation: number;
  readonly film: Film | null;
  readonly projection: Projection | null;
  readonly turning: Turning | null;
  /** Why something was refused; empty where nothing was. */
  readonly refusal: string;
}

/** How many main directions have a slider; the first two span the plane. */
export const DIRECTIONS = 4;
export const MOST_HELD = 12;
export const RELATIVES = 8;
/** How strange relatives are. */
const STRANGENESS = 0.45;
const PROJECTION_STEPS = 300;
const TURNING_STEPS = 150;

const NOTHING: ExplorerState = {
  map: null,
  held: [],
  anchor: null,
  offsets: Array.from({ length: DIRECTIONS }, () => 0),
  truncation: 1,
  image: null,
  plane: null,
  relatives: null,
  generation: 0,
  film: null,
  projection: null,
  turning: null,
  refusal: "",
};

export class Explorer {
  readonly store: StoreApi<ExplorerState> = createStore<ExplorerState>(() => NOTHING);
  readonly #session: Session;
  readonly #unsubscribe: () => void;
  /** Pictures to be made, by what they are for. */
  readonly #wishes = createWishes<Wish>();
  readonly #projecting = new Search<ProjectedImage>();
  readonly #turning = new Search<MadeClass>();
  /** The latents of the relatives that were asked for last. */
  #relatives: readonly LatentVector[] = [];
  #draws = 0;

  constructor(session: Session) {
    this.#session = session;
    this.#unsubscribe = session.watchRun(() => {
      this.#forget();
    });
  }

  /** Asks for the main directions, which change as the weights do, and looks at what was looked at, or at the grid's first latent. */
  async open(): Promise<void> {
    if (this.store.getState().map !== null) {
      await this.#turnDirections();
      return;
    }
    const { run } = this.#session.store.getState();
    await this.#attempt(async () => {
      const map = await this.#session.ask("latents", { directions: DIRECTIONS });
      if (run !== this.#session.store.getState().run) return;
      this.store.setState({ map });
      this.lookAt(latentOfCell(map, 0));
    });
  }

  /** Makes all pictures anew, because the weights have moved. */
  refresh(): void {
    const { anchor, held, relatives } = this.store.getState();
    if (anchor === null) return;
    this.#wish("image");
    this.#wish("plane");
    if (held.length > 0) this.#wish("held");
    if (relatives !== null) this.#wish("relatives");
  }

  /** Keeps a cell of the sample grid, and looks at it. */
  holdCell(cell: number): void {
    const { map } = this.store.getState();
    if (map === null) return;
    const z = latentOfCell(map, cell);
    this.lookAt(z);
    this.#hold(z);
  }

  /** Keeps what is looked at. */
  holdCurrent(): void {
    const z = this.#current();
    if (z !== null) this.#hold(z);
  }

  release(name: string): void {
    this.store.setState({ held: this.store.getState().held.filter((held) => held.name !== name) });
  }

  /** Looks at a latent: the sliders start from it. */
  lookAt(z: LatentVector): void {
    this.store.setState({ anchor: z, offsets: NOTHING.offsets, relatives: null, generation: 0 });
    this.#wish("image");
    this.#wish("plane");
  }

  /** Moves along a main direction. */
  moveAlong(direction: number, amount: number): void {
    const offsets = this.store.getState().offsets.map((offset, index) => (index === direction ? amount : offset));
    this.store.setState({ offsets });
    this.#wish("image");
  }

  /** Moves in the plane of the first two directions. */
  moveInPlane(first: number, second: number): void {
    const offsets = this.store.getState().offsets.map((offset, index) => [first, second][index] ?? offset);
    this.store.setState({ offsets });
    this.#wish("image");
  }

  /** Gives one latent dimension another value. */
  setDimension(dimension: number, value: number): void {
    const { anchor } = this.store.getState();
    if (anchor === null) return;
    this.store.setState({ anchor: anchor.map((old, index) => (index === dimension ? value : old)) });
    this.#wish("image");
    this.#wish("plane");
  }

  truncate(truncation: number): void {
    this.store.setState({ truncation });
    this.#wish("image");
    this.#wish("plane");
  }

  /** Looks at a − b + c of three held latents. */
  combine(a: string, b: string, c: string): void {
    const { held } = this.store.getState();
    const [first, second, third] = [a, b, c].map((name) => held.find((candidate) => candidate.name === name)?.z);
    if (first === undefined || second === undefined || third === undefined) return;
    this.lookAt(labelledAnalogy(first, second, third, this.#classes));
  }

  /** Shows relatives of what is looked at, to pick from. */
  breed(): void {
    const parent = this.#current();
    if (parent === null) return;
    const { seed, latentDistribution } = this.#session.store.getState().running;
    const latents = Array.from({ length: RELATIVES }, () => {
      this.#draws += 1;
      const key = { seed, stream: "exploration", draw: this.#draws } as const;
      return changeNoise(parent, this.#classes, (noise) => relative(noise, STRANGENESS, key, latentDistribution));
    });
    this.#relatives = latents;
    this.store.setState({ generation: this.store.getState().generation + 1 });
    this.#wish("relatives");
  }

  /** Picks a relative, whose own relatives come next. */
  pick(index: number): void {
    const picked = this.#relatives[index];
    if (picked === undefined) return;
    const { generation } = this.store.getState();
    this.lookAt(picked);
    this.store.setState({ generation });
    this.breed();
  }

  /** Films the way through all held latents and back to the first. */
  filmHeld(): void {
    const { held } = this.store.getState();
    if (held.length < 2) return;
    const caption = [...held, ...held.slice(0, 1)].map(({ name }) => name).join(" → ");
    const latents = roundTrip(
      held.map(({ z }) => z),
      this.#classes,
    );
    this.#later("film", async () => {
      this.store.setState({ film: { images: await this.#render(latents), caption } });
    });
  }

  /** Seeks the latent whose image is most like the given one. */
  async project(target: ImageBatch): Promise<void> {
    const image = { ...target, pixels: target.pixels.slice() };
    await this.#attempt(() =>
      this.#projecting.begin(
        (options) => this.#session.ask("project", { image, steps: PROJECTION_STEPS }, options),
        (progress) => {
          this.store.setState({ projection: { target, ...progress } });
        },
      ),
    );
  }

  /** Keeps what was found so far. */
  stopProjecting(): void {
    this.#projecting.stop();
  }

  /** Seeks a latent near a held one whose image is of a class; the held one stays as it is. */
  async turn(name: string, label: number): Promise<void> {
    const from = this.store.getState().held.find((held) => held.name === name);
    if (from === undefined) return;
    const question = { latent: from.z.slice(), label, steps: TURNING_STEPS };
    await this.#attempt(() =>
      this.#turning.begin(
        (options) => this.#session.ask("makeClass", question, options),
        (progress) => {
          this.store.setState({ turning: { from, label, ...progress } });
        },
      ),
    );
  }

  /** Keeps what was found so far. */
  stopTurning(): void {
    this.#turning.stop();
  }

  /** Keeps what a held latent became, beside it. */
  holdTurned(): void {
    const found = this.store.getState().turning?.found ?? null;
    if (found === null) return;
    this.lookAt(found.latent);
    this.#hold(found.latent);
  }

  dispose(): void {
    this.stopProjecting();
    this.stopTurning();
    this.#wishes.cancel();
    this.#unsubscribe();
  }

  /** How many of a latent's last numbers say the class. */
  get #classes(): number {
    return this.store.getState().map?.classes ?? 0;
  }

  /** Goes on from what is looked at, along the main directions by the weights that stand. */
  async #turnDirections(): Promise<void> {
    const { run } = this.#session.store.getState();
    await this.#attempt(async () => {
      const map = await this.#session.ask("latents", { directions: DIRECTIONS });
      const { map: before, anchor, offsets } = this.store.getState();
      if (run !== this.#session.store.getState().run || before === null || anchor === null) return;
      const reached = untamedAt({ map: before, anchor, offsets });
      this.store.setState({ map, anchor: reached, offsets: NOTHING.offsets });
      this.refresh();
    });
  }

  #forget(): void {
    this.stopProjecting();
    this.stopTurning();
    this.#wishes.cancel();
    this.store.setState(NOTHING);
  }

  #hold(z: LatentVector): void {
    const { held } = this.store.getState();
    if (held.length >= MOST_HELD) {
      this.store.setState({ refusal: `At most ${String(MOST_HELD)} latents can be held. Let one go first.` });
      return;
    }
    this.store.setState({ held: [...held, { name: freeName(held), z, image: null }], refusal: "" });
    this.#wish("held");
  }

  /** The latent that is looked at. */
  #current(): LatentVector | null {
    const { map, anchor, offsets, truncation } = this.store.getState();
    return map === null || anchor === null ? null : latentAt({ map, anchor, offsets, truncation });
  }

  #wish(wish: Exclude<Wish, "film">): void {
    this.#later(wish, () => this.#picture(wish));
  }

  async #picture(wish: Exclude<Wish, "film">): Promise<void> {
    const { map, anchor, truncation } = this.store.getState();
    const current = this.#current();
    if (map === null || anchor === null || current === null) return;
    switch (wish) {
      case "image":
        this.store.setState({ image: await this.#render([current]) });
        return;
      case "plane":
        this.store.setState({ plane: await this.#render(planeAround({ map, anchor, truncation })) });
        return;
      case "held":
        await this.#showHeld();
        return;
      case "relatives": {
        const latents = this.#relatives;
        this.store.setState({ relatives: { latents, images: await this.#render(latents) } });
        return;
      }
      default:
        wish satisfies never;
    }
  }

  async #showHeld(): Promise<void> {
    const { held } = this.store.getState();
    if (held.length === 0) return;
    const images = await this.#render(held.map(({ z }) => z));
    const shown = new Map(held.map(({ name }, index) => [name, imageOf(images, index)]));
    this.store.setState({
      held: this.store.getState().held.map((one) => ({ ...one, image: shown.get(one.name) ?? one.image })),
    });
  }

  async #render(latents: readonly LatentVector[]): Promise<ImageBatch> {
    const length = latents[0]?.length ?? 0;
    const values = new Float32Array(latents.length * length);
    for (const [index, z] of latents.entries()) values.set(z, index * length);
    return this.#session.ask("render", { kind: "given", values, count: latents.length });
  }

  #later(wish: Wish, make: () => Promise<void>): void {
    this.#wishes.make(wish, () => this.#attempt(make));
  }

  #attempt(work: () => Promise<void>): Promise<void> {
    return unlessRefused(work, (refusal) => {
      this.store.setState({ refusal });
    });
  }
}

type Wish = "image" | "plane" | "held" | "relatives" | "film";

/** The first letter that no held latent has. */
function freeName(held: readonly Held[]): string {
  const letters = Array.from({ length: MOST_HELD }, (_, index) => String.fromCharCode("A".charCodeAt(0) + index));
  return letters.find((letter) => held.every(({ name }) => name !== letter)) ?? "?";
}
