/** Gradients of kernels that several backends bring, each in its own way: TensorFlow.js keeps one for each kernel. */
import { getBackend, registerGradient, type GradConfig, type GradFunc } from "@tensorflow/tfjs-core";
import { present } from "../shared/invariant.ts";

const gradients = new Map<string, Map<string, GradFunc>>();

/** Registers a gradient for one backend. All backends must have the same inputs and outputs of a kernel saved. */
export function registerGradientOn(backendName: string, config: GradConfig): void {
  const { kernelName, gradFunc } = config;
  const known = gradients.get(kernelName);
  if (known !== undefined) {
    known.set(backendName, gradFunc);
    return;
  }
  const byBackend = new Map([[backendName, gradFunc]]);
  gradients.set(kernelName, byBackend);
  registerGradient({
    ...config,
    gradFunc: (dy, saved, attrs) =>
      present(byBackend.get(getBackend()), `a gradient of ${kernelName} on ${getBackend()}`)(dy, saved, attrs),
  });
}
