/**
 * The networks while they are being built: what stands, what stood before, and what was taken back. What can be a config
 * becomes the session's wanted one; nothing here begins a run unasked. It knows no component.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import { DATA_SETS } from "../data/catalogue.ts";
import type { Config, DataSetName, LayerConfig, Phase } from "../gan/config.ts";
import { describeNetworks, type NetworkPair } from "../gan/networkShape.ts";
import { withDataOf } from "../gan/settings.ts";
import type { Session } from "./session.ts";

/** Networks, and the config that was wanted while they stood: it says for which data. */
interface Stand {
  readonly design: NetworkPair;
  readonly wanted: Config;
}

export interface BuilderState {
  /** A network may be without layers here, which a config may not. */
  readonly design: NetworkPair;
  readonly past: readonly Stand[];
  readonly future: readonly Stand[];
}

/** The oldest changes are forgotten. */
const MOST_REMEMBERED = 200;

function designOf({ latentDim, generator, discriminator }: Config): NetworkPair {
  return { latentDim, generator, discriminator };
}

function isSound(design: NetworkPair, { conditioning, dataSet }: Config): boolean {
  const { shape, classes } = DATA_SETS[dataSet];
  const { generator, discriminator } = describeNetworks({ ...design, conditioning }, shape, classes.length);
  return generator.problem === null && discriminator.problem === null;
}

function isSame(one: NetworkPair, other: NetworkPair): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export class Builder {
  readonly store: StoreApi<BuilderState>;
  readonly #session: Session;
  readonly #unsubscribe: () => void;
  /** The field that the last change was made to; while one is typed, its changes are one. */
  #typedInto: string | null = null;
  /** Whether the builder itself changes what is wanted. */
  #isOwnChange = false;

  constructor(session: Session) {
    this.#session = session;
    const design = designOf(session.store.getState().wanted);
    this.store = createStore<BuilderState>(() => ({ design, past: [], future: [] }));
    this.#unsubscribe = session.store.subscribe(({ wanted }, { wanted: before }) => {
      if (this.#isOwnChange) return;
      // A preset, a link or a slider may bring other networks or data: that is a change like any other.
      const networks = designOf(wanted);
      const isKept = isSame(networks, designOf(before));
      this.#remember(isKept ? this.store.getState().design : networks, before, null);
    });
  }

  /** Another pair of networks. Changes that give the same `field` one after the other are taken back as one. */
  change(design: NetworkPair, field: string | null = null): void {
    this.#become(design, this.#wanted, field);
  }

  /** Ends the typing into a field: what is typed next is a change of its own. */
  settle(): void {
    this.#typedInto = null;
  }

  insert(player: Phase, index: number, layer: LayerConfig): void {
    this.#changeNetwork(player, (layers) => layers.toSpliced(index, 0, layer));
  }

  remove(player: Phase, index: number): void {
    this.#changeNetwork(player, (layers) => layers.toSpliced(index, 1));
  }

  /** Takes a layer to another place; `to` counts without it. */
  move(player: Phase, from: number, to: number): void {
    this.#changeNetwork(player, (layers) =>
      layers.toSpliced(from, 1).toSpliced(to, 0, ...layers.slice(from, from + 1)),
    );
  }

  replace(player: Phase, index: number, layer: LayerConfig, field: string): void {
    const { design } = this.store.getState();
    const typedInto = `${player}.${String(index)}.${field}`;
    this.change({ ...design, [player]: design[player].with(index, layer) }, typedInto);
  }

  undo(): void {
    const { past, future } = this.store.getState();
    const before = past.at(-1);
    if (before !== undefined) this.#go(before, { past: past.slice(0, -1), future: [this.#stand(), ...future] });
  }

  redo(): void {
    const { past, future } = this.store.getState();
    const [next, ...rest] = future;
    if (next !== undefined) this.#go(next, { past: [...past, this.#stand()], future: rest });
  }

  /** Wants another data set. What is built stays where it fits the new data; else networks come that do. */
  chooseDataSet(dataSet: DataSetName): void {
    const { design } = this.store.getState();
    const before = this.#wanted;
    this.#changeWanted(() => {
      this.#session.changeSetting("dataSet", dataSet);
    });
    this.#become(isSound(design, this.#wanted) ? design : designOf(this.#wanted), before, null);
  }

  /** The networks of the run that stands, and its data. */
  takeRunning(): void {
    const { running, wanted } = this.#session.store.getState();
    this.#wantDataOf(running);
    this.#become(designOf(running), wanted, null);
  }

  /** A new run of what is wanted, which trains as soon as it can. */
  train(): void {
    const { store } = this.#session;
    this.#session.reset();
    const { run } = store.getState();
    const stop = store.subscribe((state) => {
      if (state.run === run && state.phase === "preparing") return;
      stop();
      if (state.run === run) this.#session.train();
    });
  }

  dispose(): void {
    this.#unsubscribe();
  }

  #changeNetwork(player: Phase, edit: (layers: NetworkPair[Phase]) => NetworkPair[Phase]): void {
    const { design } = this.store.getState();
    this.change({ ...design, [player]: edit(design[player]) });
  }

  get #wanted(): Config {
    return this.#session.store.getState().wanted;
  }

  #stand(): Stand {
    return { design: this.store.getState().design, wanted: this.#wanted };
  }

  #go({ design, wanted }: Stand, ways: Pick<BuilderState, "past" | "future">): void {
    this.#typedInto = null;
    this.#wantDataOf(wanted);
    this.#wantNetworks(design);
    this.store.setState({ design, ...ways });
  }

  #become(design: NetworkPair, before: Config, field: string | null): void {
    this.#wantNetworks(design);
    this.#remember(design, before, field);
  }

  /** Networks without layers are not wanted until they have some. */
  #wantNetworks(design: NetworkPair): void {
    this.#changeWanted(() => {
      this.#session.changeNetworks(design);
    });
  }

  /** The data of a config, with all that it had because of them; nothing changes where they are wanted already. */
  #wantDataOf(config: Config): void {
    if (config.dataSet === this.#wanted.dataSet) return;
    this.#changeWanted(() => {
      this.#session.changeNetworks(withDataOf(this.#wanted, config));
    });
  }

  #changeWanted(change: () => void): void {
    this.#isOwnChange = true;
    change();
    this.#isOwnChange = false;
  }

  /** `before` is the config that was wanted until now. */
  #remember(design: NetworkPair, before: Config, field: string | null): void {
    const { design: replaced, past } = this.store.getState();
    if (isSame(design, replaced) && before.dataSet === this.#wanted.dataSet) return;
    const isTyping = field !== null && field === this.#typedInto;
    this.#typedInto = field;
    const stand = { design: replaced, wanted: before };
    this.store.setState({ design, past: isTyping ? past : [...past, stand].slice(-MOST_REMEMBERED), future: [] });
  }
}
