/** The transposed convolution on WebGPU, and its gradient. */
import { registerKernel, type Tensor } from "@tensorflow/tfjs-core";
import { registerGradientOn } from "../gradientTable.ts";
import { convolutionGradient, convolve, type ConvolutionAttributes } from "./convolution.wgsl.ts";

/** Brings the kernel and its gradient to the WebGPU backend. */
export function registerConv2dTranspose(): void {
  registerKernel({
    kernelName: "DuelConv2dTranspose",
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => convolve("transposed", inputs, attrs as unknown as ConvolutionAttributes),
  });
  registerGradientOn("webgpu", {
    kernelName: "DuelConv2dTranspose",
    inputsToSave: ["x", "kernel"],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) =>
      convolutionGradient("transposed", dy as Tensor, saved, attrs as unknown as ConvolutionAttributes),
  });
}
