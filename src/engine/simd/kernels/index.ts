/** The table of all kernels of the SIMD backend, and their registration over the inherited ones. */
import { getKernel, registerKernel, unregisterKernel, type KernelConfig, type KernelFunc } from "@tensorflow/tfjs-core";
import { present } from "../../../shared/invariant.ts";
import { SimdBackend } from "../backend.ts";
import { registerGradientOn } from "../../gradientTable.ts";
import { adversarialLoss } from "./adversarialLoss.ts";
import { NORMALIZATIONS } from "./batchNorm.ts";
import { classification } from "./classification.ts";
import { CONVOLUTIONS } from "./convolution.ts";
import { CONVOLUTION_LAYERS } from "./convolutionLayer.ts";
import { dense } from "./dense.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { gather } from "./gather.ts";
import { gradientNorm } from "./gradientNorm.ts";
import { HOST_NUMBERS } from "./hostNumbers.ts";
import type { SimdKernel } from "./kernel.ts";
import { LAYOUT } from "./layout.ts";
import { MATRIX_PRODUCTS } from "./matrixProduct.ts";
import { OPTIMIZERS } from "./optimizers.ts";
import { RANDOM } from "./random.ts";
import { powerIteration } from "./powerIteration.ts";
import { REDUCTIONS } from "./reduction.ts";

const KERNELS: readonly SimdKernel[] = [
  ...MATRIX_PRODUCTS,
  ...CONVOLUTIONS,
  ...ELEMENTWISE,
  ...REDUCTIONS,
  ...LAYOUT,
  ...OPTIMIZERS,
  dense,
  ...CONVOLUTION_LAYERS,
  ...NORMALIZATIONS,
  adversarialLoss,
  classification,
  gradientNorm,
  powerIteration,
  gather,
  ...RANDOM,
  ...HOST_NUMBERS,
];

/** Puts every kernel in the place of the one that the backend of that name inherited from the CPU backend. */
export function registerKernels(backendName: string): void {
  for (const kernel of KERNELS) {
    // TensorFlow.js declares a kernel even where there is none.
    const inherited = getKernel(kernel.name, backendName) as KernelConfig | undefined;
    if (inherited !== undefined) unregisterKernel(kernel.name, backendName);
    registerKernel({ kernelName: kernel.name, backendName, kernelFunc: overInherited(kernel, inherited?.kernelFunc) });
    if (kernel.gradient !== undefined) registerGradientOn(backendName, { kernelName: kernel.name, ...kernel.gradient });
  }
}

function overInherited(kernel: SimdKernel, inherited: KernelFunc | undefined): KernelFunc {
  return (call) => {
    const { inputs, attrs, backend } = call;
    const result = backend instanceof SimdBackend ? kernel.run({ inputs, attrs, backend }) : undefined;
    return result ?? present(inherited, `an inherited kernel for this case of ${kernel.name}`)(call);
  };
}
