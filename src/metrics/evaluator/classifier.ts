/**
 * The classifier that stands behind the measurements: a small convolutional network whose last hidden layer gives the
 * features of an image. It must not know how it is trained, stored or used.
 */
import { concat, tidy, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { LINEAR } from "../../engine/operations/activations.ts";
import { dense } from "../../engine/operations/dense.ts";
import type { NetworkConfig } from "../../gan/config.ts";
import type { Shape } from "../../gan/layers/layerShape.ts";
import { buildNetwork, disposeNetwork, EVALUATION, forward, type Network, type Pass } from "../../gan/network.ts";
import { present } from "../../shared/invariant.ts";

/** Numbers that describe one image. */
export const FEATURES = 64;

/** Everything below the last layer: three convolutions and one dense layer, whose outputs are the features. */
const BODY: NetworkConfig = [
  { type: "conv2d", filters: 16, kernelSize: 5, strides: 2, useBias: false },
  { type: "batchNorm" },
  { type: "reLU" },
  { type: "conv2d", filters: 32, kernelSize: 3, strides: 2, useBias: false },
  { type: "batchNorm" },
  { type: "reLU" },
  { type: "conv2d", filters: 48, kernelSize: 3, strides: 2, useBias: false },
  { type: "batchNorm" },
  { type: "reLU" },
  { type: "flatten" },
  { type: "dense", units: FEATURES, useBias: true },
  { type: "reLU" },
];

export interface Classifier {
  readonly classes: number;
  /** The body, and the layer that turns features into one logit a class as its last. */
  readonly network: Network;
}

/** What a classifier says of images. */
export interface Classified {
  /** [batch, FEATURES] */
  readonly features: Tensor2D;
  /** [batch, classes] */
  readonly logits: Tensor2D;
}

/** A classifier of images of that shape, with weights drawn from the seed. Throws a NetworkError where they do not fit. */
export function buildClassifier(imageShape: Shape, classes: number, seed: number): Classifier {
  const head: NetworkConfig = [{ type: "dense", units: classes, useBias: true }];
  return { classes, network: buildNetwork("discriminator", [...BODY, ...head], imageShape, seed) };
}

/** [batch, height, width, channels] in [−1, 1] → features and logits. Call it within a tidy. */
export function classify({ network }: Classifier, images: Tensor, pass: Pass = EVALUATION): Classified {
  const body = { ...network, layers: network.layers.slice(0, BODY.length) };
  const features = forward(body, images, pass) as Tensor2D;
  const weight = (name: string) => present(network.weights.get(`${BODY.length}.${name}`), `the last layer's ${name}`);
  const logits = dense(features, weight("kernel") as Tensor2D, weight("bias"), LINEAR) as Tensor2D;
  return { features, logits };
}

/** Features, then logits, in one row an image, [batch, FEATURES + classes]: what is read back at once. The caller frees it. */
export function judge(classifier: Classifier, images: Tensor): Tensor2D {
  return tidy(() => {
    const { features, logits } = classify(classifier, images);
    return concat([features, logits], 1);
  });
}

export function disposeClassifier({ network }: Classifier): void {
  disposeNetwork(network);
}
