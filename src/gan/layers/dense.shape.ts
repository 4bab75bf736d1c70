/** What the fully connected layer makes of a shape. */
import { ShapeError, type ShapeRule } from "./layerShape.ts";
import { linearParameters } from "./linearParameters.ts";

/** [inputs] → [units]; kernel [inputs, units], bias [units]. */
export const denseShape: ShapeRule<"dense"> = ({ units, ...options }, inputShape) => {
  const [inputs] = inputShape;
  if (inputShape.length !== 1 || inputs === undefined) {
    throw new ShapeError("needs a flat input of shape [features]; put a flatten layer before it");
  }
  return {
    outputShape: [units],
    parameters: linearParameters([inputs, units], 1, options),
    multiplyAdds: inputs * units,
  };
};
