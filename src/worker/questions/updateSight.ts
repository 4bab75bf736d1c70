/**
 * Looks on while a network is updated, and keeps what is wanted of it until it is read. It must not know messages, or which
 * player the network is.
 */
import { clone, dispose, keep, mul, slice, square, stack, sub, sum, tidy } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { costs, type Goal, type LOSS_LIVE } from "../../engine/operations/adversarialLoss.ts";
import type { Network } from "../../gan/network.ts";
import type { Onlooker, UpdateTensors } from "../../gan/trainStep.ts";
import { present } from "../../shared/invariant.ts";
import { MOST_CARRIED, type JudgedItems, type SlowLayer } from "./slowStep.question.ts";

/** Of these only the first items are kept; of the others everything. */
const CARRIED = [
  ...(["z", "real", "fake", "realLabels", "labels"] as const),
  ...(["shownReal", "shownFake", "slopes"] as const),
] satisfies readonly (keyof UpdateTensors)[];
const WHOLE = [
  ...(["logits", "loss", "penalty"] as const),
  ...(["flipped", "chances", "classLoss"] as const),
] satisfies readonly (keyof UpdateTensors)[];

type KeptName = (typeof CARRIED)[number] | (typeof WHOLE)[number];

/** Goals in a list of fixed length have judgements in one of the same. */
type JudgedBy<Goals extends readonly Goal[]> = { readonly [Index in keyof Goals]: JudgedItems };

/** What the loss is told to expect of each side, where settings say so. */
export type LiveTargets = Readonly<Record<keyof typeof LOSS_LIVE, number>>;

export class UpdateSight {
  readonly #network: Network;
  readonly #kept = new Map<KeptName, Tensor>();
  /** Squared norms of the gradients, [parameters], and the weights as they were. */
  #gradients: Tensor | null = null;
  #before: readonly Tensor[] = [];

  constructor(network: Network) {
    this.#network = network;
  }

  readonly look: Onlooker = (tensors) => {
    for (const name of CARRIED) {
      const tensor = tensors[name] ?? null;
      if (tensor !== null) this.#keep(name, firstItems(tensor));
    }
    for (const name of WHOLE) {
      const tensor = tensors[name] ?? null;
      if (tensor !== null) this.#keep(name, clone(tensor));
    }
    if (tensors.gradients === undefined) return;
    this.#gradients = keep(squaredNorms(tensors.gradients));
    // Weights move in place: a clone would move with them.
    this.#before = this.#network.parameters.map((parameter) => keep(mul(parameter, 1)));
  };

  /** How many items of the batch were kept. */
  get carried(): number {
    return present(this.#tensor("fake").shape[0], "the batch dimension");
  }

  numbers(name: KeptName): Promise<Float32Array<ArrayBuffer>> {
    return numbersOf(this.#tensor(name));
  }

  /** The same, or null where the update has no such tensor. */
  async numbersOrNull(name: KeptName): Promise<Float32Array<ArrayBuffer> | null> {
    return this.#kept.has(name) ? this.numbers(name) : null;
  }

  async number(name: KeptName): Promise<number> {
    return present((await this.numbers(name))[0], `the ${name}`);
  }

  async numberOrNull(name: KeptName): Promise<number | null> {
    return this.#kept.has(name) ? this.number(name) : null;
  }

  /** Which class each of the kept items is of, or null where the players are not told. */
  async classesOrNull(name: "labels" | "realLabels"): Promise<readonly number[] | null> {
    const labels = this.#kept.get(name);
    if (labels === undefined) return null;
    const [rows = 0, width = 0] = labels.shape;
    const values = await numbersOf(labels);
    return Array.from({ length: rows }, (_, row) => values.subarray(row * width, (row + 1) * width).indexOf(1));
  }

  /** The logits, as many groups of them as there are goals, each by its own. */
  async judged<const Goals extends readonly Goal[]>(goals: Goals, targets: LiveTargets): Promise<JudgedBy<Goals>> {
    const logits = this.#tensor("logits");
    const batch = logits.size / goals.length;
    const judged: JudgedItems[] = [];
    for (const [group, goal] of goals.entries()) {
      const target = typeof goal.target === "number" ? goal.target : targets[goal.target];
      const own = tidy(() => slice(logits, [group * batch, 0], [batch, 1]));
      const worth = tidy(() => costs(own, { ...goal, target }));
      judged.push({ goal, target, logits: await numbersOf(own), costs: await numbersOf(worth) });
      dispose([own, worth]);
    }
    return judged as unknown as JudgedBy<Goals>;
  }

  /** After the update: the layers that learn, in their order. */
  async layers(): Promise<readonly SlowLayer[]> {
    const { parameters, weights, layers } = this.#network;
    const moves = tidy(() => squaredNorms(parameters.map((parameter, order) => sub(parameter, this.#copy(order)))));
    const lengths = tidy(() => squaredNorms(this.#before));
    const [gradients, moved, before] = [
      await numbersOf(present(this.#gradients, "the gradients")),
      await numbersOf(moves),
      await numbersOf(lengths),
    ];
    dispose([moves, lengths]);
    const names = [...weights].filter(([, weight]) => weight.trainable).map(([name]) => name);
    return layers.flatMap(({ index, config }) => {
      const own = [...names.keys()].filter((order) => names[order]?.startsWith(`${String(index)}.`) === true);
      const together = (squares: Float32Array) => Math.sqrt(own.reduce((all, order) => all + (squares[order] ?? 0), 0));
      if (own.length === 0) return [];
      const norms = { gradientNorm: together(gradients), weightNorm: together(before), moved: together(moved) };
      return [{ index, type: config.type, ...norms }];
    });
  }

  dispose(): void {
    dispose([...this.#kept.values(), ...this.#before]);
    this.#gradients?.dispose();
  }

  #keep(name: KeptName, tensor: Tensor): void {
    this.#kept.set(name, keep(tensor));
  }

  #tensor(name: KeptName): Tensor {
    return present(this.#kept.get(name), `the tensor ${name} of an update`);
  }

  #copy(order: number): Tensor {
    return present(this.#before[order], "a weight before the update");
  }
}

function firstItems(tensor: Tensor): Tensor {
  const [batch = 0, ...item] = tensor.shape;
  return slice(tensor, [0, ...item.map(() => 0)], [Math.min(batch, MOST_CARRIED), ...item]);
}

/** ‖·‖₂² of each tensor, [tensors]. */
function squaredNorms(tensors: readonly Tensor[]): Tensor1D {
  return stack(tensors.map((tensor) => sum<Scalar>(square(tensor)))) as Tensor1D;
}

/** To keep and to hand over: a backend may give a view of its own memory. */
async function numbersOf(tensor: Tensor): Promise<Float32Array<ArrayBuffer>> {
  return (await tensor.data<"float32">()).slice();
}
