/** All kernels of our own for WebGPU: one line each. */
import { hasKernel } from "../kernels.ts";
import { registerAdversarialLoss } from "../operations/adversarialLoss.wgsl.ts";
import { registerBatchNorm } from "../operations/batchNorm.wgsl.ts";
import { registerBlend } from "../operations/blend.wgsl.ts";
import { registerClassification } from "../operations/classification.wgsl.ts";
import { registerConcat } from "../operations/concat.wgsl.ts";
import { registerConv2d } from "../operations/conv2d.wgsl.ts";
import { registerConv2dTranspose } from "../operations/conv2dTranspose.wgsl.ts";
import { DENSE_KERNEL, registerDense } from "../operations/dense.wgsl.ts";
import { registerDropout } from "../operations/dropout.wgsl.ts";
import { registerGradientNorm } from "../operations/gradientNorm.wgsl.ts";
import { registerLiveScalar } from "../operations/liveScalar.wgsl.ts";
import { registerInstanceNorm } from "../operations/instanceNorm.wgsl.ts";
import { registerLayerNorm } from "../operations/layerNorm.wgsl.ts";
import { registerRandomDraws } from "../operations/randomDraws.wgsl.ts";
import { registerRandomLabels } from "../operations/randomLabels.wgsl.ts";
import { registerGather } from "../operations/residentData.wgsl.ts";
import { registerSpectralNorm } from "../operations/spectralNorm.wgsl.ts";
import { registerUpSampling2d } from "../operations/upSampling2d.wgsl.ts";
import { registerUpdates } from "../optimizers/updates.wgsl.ts";

/** Brings them to the backend, which runs, unless they are there. */
export function registerWebGpuKernels(): void {
  if (hasKernel(DENSE_KERNEL)) return;
  registerAdversarialLoss();
  registerBatchNorm();
  registerBlend();
  registerClassification();
  registerConcat();
  registerConv2d();
  registerConv2dTranspose();
  registerDense();
  registerDropout();
  registerGather();
  registerGradientNorm();
  registerLiveScalar();
  registerInstanceNorm();
  registerLayerNorm();
  registerRandomDraws();
  registerRandomLabels();
  registerSpectralNorm();
  registerUpdates();
  registerUpSampling2d();
}
