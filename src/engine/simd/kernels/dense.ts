/** The fully connected layer: bias and activation at the end of the product, and its gradients. */
import type { Tensor } from "@tensorflow/tfjs-core";
import { present } from "../../../shared/invariant.ts";
import { epilogueOf, NO_EPILOGUE } from "./epilogue.ts";
import { input, type SimdKernel } from "./kernel.ts";
import { layerGradient, type LayerAttributes } from "./layerGradient.ts";
import { multiply } from "./matrixProduct.ts";

export const dense: SimdKernel = {
  name: "DuelDense",
  run({ inputs, attrs, backend }) {
    const [x, kernel] = [input(inputs, "x"), input(inputs, "kernel")];
    const { activation } = attrs as unknown as LayerAttributes;
    const [batch = 1] = x.shape;
    const [depth = 1, units = 1] = kernel.shape;
    const y = backend.make([batch, units]);
    multiply(backend, {
      ...{ a: backend.address(x), b: backend.address(kernel), out: backend.address(y) },
      ...{ transposeA: false, transposeB: false, rows: batch, depth, columns: units },
      epilogue: epilogueOf(backend, inputs.bias, activation),
    });
    return y;
  },
  gradient: {
    inputsToSave: ["x", "kernel"],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => {
      const [x, kernel, y] = [present(saved[0], "x"), present(saved[1], "the kernel"), present(saved[2], "y")];
      const [batch = 1] = x.shape;
      const [inputs = 1, units = 1] = kernel.shape;
      return layerGradient(dy as Tensor, y, attrs as unknown as LayerAttributes, {
        // dz · kernelᵀ: [batch, units] · [units, inputs]
        x: (backend, dz) => {
          const out = backend.make(x.shape);
          multiply(backend, {
            ...{ a: backend.address(dz), b: backend.address(kernel), out: backend.address(out) },
            ...{ transposeA: false, transposeB: true, rows: batch, depth: units, columns: inputs },
            epilogue: NO_EPILOGUE,
          });
          return out;
        },
        // xᵀ · dz: [inputs, batch] · [batch, units]
        kernel: (backend, dz) => {
          const out = backend.make(kernel.shape);
          multiply(backend, {
            ...{ a: backend.address(x), b: backend.address(dz), out: backend.address(out) },
            ...{ transposeA: true, transposeB: false, rows: inputs, depth: batch, columns: units },
            epilogue: NO_EPILOGUE,
          });
          return out;
        },
      });
    },
  },
};
