/** Numbers that move a part of the way to others, in place, with the portable twin. It must not know what they are. */
import { add, mul, reshape, tidy, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { present } from "../../shared/invariant.ts";
import { ranKernel, ranTogether } from "../kernels.ts";
import type { LiveLayout, LiveNumbers } from "../liveNumbers.ts";

export const BLEND_LIVE = { keep: "f32", take: "f32" } as const satisfies LiveLayout;

/** target ← keep · target + take · source, for tensors of one size. */
export function blend(target: Variable, source: Tensor, keep: number, take: number): void {
  if (ranKernel("DuelBlend", { p: target, g: source }, { keep, take })) return;
  tidy(() => {
    target.assign(add(mul(target, keep), reshape(mul(source, take), target.shape)));
  });
}

/** The same for many tensors at once, by live numbers; sources are in the targets' order. */
export function blendTogether(
  targets: readonly Variable[],
  sources: readonly Tensor[],
  live: LiveNumbers<keyof typeof BLEND_LIVE>,
): void {
  const tensors = targets.map((p, index) => ({ p, g: present(sources[index], "the source of a blend") }));
  if (ranTogether("DuelBlendTogether", tensors, live)) return;
  const { keep, take } = live.values;
  for (const { p, g } of tensors) blend(p, g, keep, take);
}
