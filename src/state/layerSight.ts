/**
 * What single layers make of what is looked at: the maps of one image, the first filters, how active all layers are. It asks
 * the run, the latest wish first; it must not know components or tensors.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import type { Config, NetworkConfig, Phase } from "../gan/config.ts";
import { LAYER_CATALOGUE } from "../gan/layers/catalogue.ts";
import { ACTIVITY_IMAGES, type Activity } from "../worker/questions/activity.question.ts";
import type { Carried, FeatureMaps } from "../worker/questions/featureMaps.question.ts";
import type { Filters } from "../worker/questions/filters.question.ts";
import { unlessRefused } from "./inquiries.ts";
import { copyOf, type Lens } from "./lens.ts";
import type { Session } from "./session.ts";
import { watch } from "./stream.ts";
import { createThrottle } from "./throttle.ts";
import { createWishes } from "./wishes.ts";

/** Which layer of which network. */
export interface PlaceOfLayer {
  readonly player: Phase;
  readonly layer: number;
}

export interface LayerSightState {
  readonly chosen: PlaceOfLayer;
  /** The cell of the sample grid whose latent is followed through the generator. */
  readonly cell: number;
  readonly maps: (FeatureMaps & { readonly place: PlaceOfLayer; readonly cell: number }) | null;
  /** Null before the first look, and where there are none. */
  readonly filters: Filters | null;
  readonly activity: Activity | null;
  readonly refusal: string;
}

/** More than a hundred images go through both networks for one tally, so it is made this often at most. */
const ACTIVITY_MILLISECONDS = 2000;

const NOTHING = { maps: null, filters: null, activity: null, refusal: "" } as const;

export class LayerSight {
  readonly store: StoreApi<LayerSightState>;
  readonly #session: Session;
  readonly #lens: Lens;
  readonly #wishes = createWishes<"maps" | "filters">();
  readonly #tallies = createWishes<"activity">();
  readonly #pace = createThrottle<null>(ACTIVITY_MILLISECONDS, () => {
    this.#tallies.make("activity", () => this.#attempt(() => this.#tally()));
  });
  readonly #unsubscribe: readonly (() => void)[];
  /** Latents tallied so far: every tally has fresh ones. */
  #drawn = 0;

  constructor(session: Session, lens: Lens) {
    this.#session = session;
    this.#lens = lens;
    const chosen = {
      player: "discriminator",
      layer: firstThatLearns(session.store.getState().running.discriminator),
    } as const;
    this.store = createStore<LayerSightState>(() => ({ ...NOTHING, chosen, cell: 0 }));
    this.#unsubscribe = [
      session.watchRun(() => {
        this.#cancel();
        const { running } = session.store.getState();
        this.store.setState({ ...NOTHING, chosen: within(running, this.store.getState().chosen) });
      }),
      watch(
        lens.store,
        ({ drawing }) => drawing?.image,
        () => {
          if (this.store.getState().chosen.player === "discriminator") this.#look();
        },
      ),
    ];
  }

  /** Shows the maps of that layer, or of the first that learns where a network alone is chosen. */
  choose(player: Phase, layer?: number): void {
    const { running } = this.#session.store.getState();
    this.store.setState({ chosen: { player, layer: layer ?? firstThatLearns(running[player]) } });
    this.#look();
  }

  /** Follows the latent of that cell through the generator. */
  follow(cell: number): void {
    this.store.setState({ cell });
    if (this.store.getState().chosen.player === "generator") this.#look();
  }

  /** Looks anew, because the weights have changed. */
  refresh(): void {
    this.#look();
    this.#wishes.make("filters", () => this.#attempt(() => this.#readFilters()));
    this.#pace.call(null);
  }

  dispose(): void {
    this.#cancel();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #cancel(): void {
    this.#wishes.cancel();
    this.#tallies.cancel();
    this.#pace.cancel();
  }

  #look(): void {
    this.#wishes.make("maps", () => this.#attempt(() => this.#readMaps()));
  }

  async #readMaps(): Promise<void> {
    const { chosen, cell } = this.store.getState();
    const of = this.#carried();
    if (of === null) return;
    const maps = await this.#session.ask("featureMaps", { of, layer: chosen.layer });
    this.store.setState({ maps: { ...maps, place: chosen, cell }, refusal: "" });
  }

  /** What goes through the chosen network; null as long as nothing is under the lens. */
  #carried(): Carried | null {
    const { chosen, cell } = this.store.getState();
    if (chosen.player === "generator") return { player: "generator", cell };
    const { drawing } = this.#lens.store.getState();
    return drawing && { player: "discriminator", image: copyOf(drawing.image) };
  }

  async #readFilters(): Promise<void> {
    this.store.setState({ filters: await this.#session.ask("filters", null) });
  }

  async #tally(): Promise<void> {
    const first = this.#drawn;
    this.#drawn += ACTIVITY_IMAGES;
    this.store.setState({ activity: await this.#session.ask("activity", { first }) });
  }

  #attempt(work: () => Promise<void>): Promise<void> {
    return unlessRefused(work, (refusal) => {
      this.store.setState({ refusal });
    });
  }
}

/** The first layer that has weights, which is where there is something to see. */
function firstThatLearns(network: NetworkConfig): number {
  return Math.max(
    0,
    network.findIndex(({ type }) => LAYER_CATALOGUE[type].group === "weights"),
  );
}

/** The same place where the networks have it, else the first one that learns. */
function within(running: Config, { player, layer }: PlaceOfLayer): PlaceOfLayer {
  const network = running[player];
  return { player, layer: layer < network.length ? layer : firstThatLearns(network) };
}
