/** The shape rule of every layer a config can name. Adding a layer is a file NAME.shape.ts and a line here. */
import type { LayerType } from "../config.ts";
import { averagePooling2dShape } from "./averagePooling2d.shape.ts";
import { batchNormShape } from "./batchNorm.shape.ts";
import { conv2dShape } from "./conv2d.shape.ts";
import { conv2dTransposeShape } from "./conv2dTranspose.shape.ts";
import { denseShape } from "./dense.shape.ts";
import { flattenShape } from "./flatten.shape.ts";
import { globalSumPooling2dShape } from "./globalSumPooling2d.shape.ts";
import { instanceNormShape } from "./instanceNorm.shape.ts";
import { layerNormShape } from "./layerNorm.shape.ts";
import { sameShape, type LayerConfigs, type LayerShape, type Shape, type ShapeRule } from "./layerShape.ts";
import { minibatchStdDevShape } from "./minibatchStdDev.shape.ts";
import { reshapeShape } from "./reshape.shape.ts";
import { residualBlockShape } from "./residualBlock.shape.ts";
import { upSampling2dShape } from "./upSampling2d.shape.ts";

/** The rule of layers whose config says nothing about shapes. */
const unchanged = (_config: unknown, inputShape: Shape): LayerShape => sameShape(inputShape);

const SHAPES: { readonly [Type in LayerType]: ShapeRule<Type> } = {
  dense: denseShape,
  conv2d: conv2dShape,
  conv2dTranspose: conv2dTransposeShape,
  upSampling2d: upSampling2dShape,
  averagePooling2d: averagePooling2dShape,
  globalSumPooling2d: globalSumPooling2dShape,
  residualBlock: residualBlockShape,
  batchNorm: batchNormShape,
  layerNorm: layerNormShape,
  instanceNorm: instanceNormShape,
  minibatchStdDev: minibatchStdDevShape,
  leakyReLU: unchanged,
  reLU: unchanged,
  tanh: unchanged,
  sigmoid: unchanged,
  dropout: unchanged,
  flatten: flattenShape,
  reshape: reshapeShape,
};

/** What a layer makes of inputs of a shape. Throws a ShapeError where they do not fit. */
export function shapeLayer<Type extends LayerType>(
  type: Type,
  config: LayerConfigs[Type],
  inputShape: Shape,
): LayerShape {
  return SHAPES[type](config, inputShape);
}
