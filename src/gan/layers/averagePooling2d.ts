/** The layer that makes images smaller by averaging squares of pixels. */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { averagePooling2d as averagePooling2dOperation } from "../../engine/operations/averagePooling2d.ts";
import { averagePooling2dShape } from "./averagePooling2d.shape.ts";
import type { LayerRule } from "./layer.ts";

export const averagePooling2d: LayerRule<"averagePooling2d"> = (config, inputShape) => ({
  ...averagePooling2dShape(config, inputShape),
  forward: (x) => averagePooling2dOperation(x as Tensor4D, config.poolSize),
});
