/** Every layer a config can name. Adding one is a file beside this one and a line here; its shape stands in shapes.ts. */
import type { LayerType } from "../config.ts";
import { averagePooling2d } from "./averagePooling2d.ts";
import { batchNorm } from "./batchNorm.ts";
import { conv2d } from "./conv2d.ts";
import { conv2dTranspose } from "./conv2dTranspose.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { flatten } from "./flatten.ts";
import { globalSumPooling2d } from "./globalSumPooling2d.ts";
import { instanceNorm } from "./instanceNorm.ts";
import type { Layer, LayerRule } from "./layer.ts";
import type { LayerConfigs, Shape } from "./layerShape.ts";
import { layerNorm } from "./layerNorm.ts";
import { leakyReLU } from "./leakyReLU.ts";
import { minibatchStdDev } from "./minibatchStdDev.ts";
import { reLU } from "./reLU.ts";
import { reshape } from "./reshape.ts";
import { residualBlock } from "./residualBlock.ts";
import { sigmoid } from "./sigmoid.ts";
import { tanh } from "./tanh.ts";
import { upSampling2d } from "./upSampling2d.ts";

const LAYERS: { readonly [Type in LayerType]: LayerRule<Type> } = {
  dense,
  conv2d,
  conv2dTranspose,
  upSampling2d,
  averagePooling2d,
  globalSumPooling2d,
  residualBlock,
  batchNorm,
  layerNorm,
  instanceNorm,
  minibatchStdDev,
  leakyReLU,
  reLU,
  tanh,
  sigmoid,
  dropout,
  flatten,
  reshape,
};

/** The layer that a config describes, for inputs of a shape. Throws a ShapeError where they do not fit. */
export function makeLayer<Type extends LayerType>(type: Type, config: LayerConfigs[Type], inputShape: Shape): Layer {
  return LAYERS[type](config, inputShape);
}
