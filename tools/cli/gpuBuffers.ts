/**
 * Counts the buffers of a worker's WebGPU interface that stand, by functions that are sent into the worker: they lean on
 * nothing outside themselves.
 */

/** Wraps the interface from now on; where the worker has none, nothing happens. Send it before the first buffer is made. */
export function watchGpuBuffers(): void {
  interface Made {
    destroy: (this: Made) => void;
  }
  interface Interfaces {
    readonly GPUDevice?: { readonly prototype: { createBuffer: (this: object, descriptor: object) => Made } };
    readonly GPUBuffer?: { readonly prototype: Made };
    standingGpuBuffers?: number;
  }
  const scope = globalThis as unknown as Interfaces;
  const [device, buffer] = [scope.GPUDevice?.prototype, scope.GPUBuffer?.prototype];
  if (device === undefined || buffer === undefined) return;
  const { createBuffer } = device;
  const { destroy } = buffer;
  const standing = new WeakSet<Made>();
  scope.standingGpuBuffers = 0;
  device.createBuffer = function (descriptor) {
    const made = createBuffer.call(this, descriptor);
    standing.add(made);
    scope.standingGpuBuffers = (scope.standingGpuBuffers ?? 0) + 1;
    return made;
  };
  buffer.destroy = function () {
    if (standing.delete(this)) scope.standingGpuBuffers = (scope.standingGpuBuffers ?? 0) - 1;
    destroy.call(this);
  };
}

/** How many stand; null where the worker has no such interface. */
export function standingGpuBuffers(): number | null {
  return (globalThis as { readonly standingGpuBuffers?: number }).standingGpuBuffers ?? null;
}
