/**
 * The networks while they are being built: what stands, what stood before, and what was taken back. What can be a config
 * becomes the session's wanted one; nothing here begins a run unasked. It knows no component.
 */
import type { StoreApi } from "zustand/vanilla";
import { createStore } from "zustand/vanilla";
import { DATA_SETS } from "../data/catalogue.ts";
import type { Config, DataSetName, LayerConfig, Phase } from "../gan/config.ts";
import { describeNetworks, type NetworkPair } from "../gan/networkShape.ts";
import type { Session } from "./session.ts";

export interface BuilderState {
  /** A network may be without layers here, which a config may not. */
  readonly design: NetworkPair;
  readonly past: readonly NetworkPair[];
  readonly future: readonly NetworkPair[];
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
  /** Whether a data set is being chosen, whose networks may not be wanted. */
  #isChoosing = false;

  constructor(session: Session) {
    this.#session = session;
    const design = designOf(session.store.getState().wanted);
    this.store = createStore<BuilderState>(() => ({ design, past: [], future: [] }));
    this.#unsubscribe = session.store.subscribe(({ wanted }, before) => {
      const [networks, replaced] = [designOf(wanted), designOf(before.wanted)];
      // A preset, a link or a slider may bring other networks: that is a change like any other.
      if (!this.#isChoosing && !isSame(networks, replaced)) this.#remember(networks, null);
    });
  }

  /** Another pair of networks. Changes that give the same `field` one after the other are taken back as one. */
  change(design: NetworkPair, field: string | null = null): void {
    this.#remember(design, field);
    this.#session.changeNetworks(design);
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
    const { design, past, future } = this.store.getState();
    const before = past.at(-1);
    if (before === undefined) return;
    this.#go({ design: before, past: past.slice(0, -1), future: [design, ...future] });
  }

  redo(): void {
    const { design, past, future } = this.store.getState();
    const [next, ...rest] = future;
    if (next === undefined) return;
    this.#go({ design: next, past: [...past, design], future: rest });
  }

  /** Wants another data set. What is built stays where it fits the new data; else networks come that do. */
  chooseDataSet(dataSet: DataSetName): void {
    const { design } = this.store.getState();
    this.#isChoosing = true;
    this.#session.changeSetting("dataSet", dataSet);
    this.#isChoosing = false;
    const { wanted } = this.#session.store.getState();
    this.change(isSound(design, wanted) ? design : designOf(wanted));
  }

  /** The networks of the run that stands, and its data. */
  takeRunning(): void {
    const { running, wanted } = this.#session.store.getState();
    if (running.dataSet !== wanted.dataSet) this.chooseDataSet(running.dataSet);
    this.change(designOf(running));
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

  #go(state: BuilderState): void {
    this.#typedInto = null;
    this.store.setState(state);
    this.#session.changeNetworks(state.design);
  }

  #remember(design: NetworkPair, field: string | null): void {
    const { design: before, past } = this.store.getState();
    if (isSame(design, before)) return;
    const isTyping = field !== null && field === this.#typedInto;
    this.#typedInto = field;
    this.store.setState({ design, past: isTyping ? past : [...past, before].slice(-MOST_REMEMBERED), future: [] });
  }
}
