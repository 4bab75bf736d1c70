import { expect, test } from "vitest";
import { countGpuCalls } from "./gpuCalls.ts";

/** A scope with stand-ins for the WebGPU interfaces; only Chromium has the real ones. */
function fakeScope() {
  class GPUComputePassEncoder {
    dispatchWorkgroups(x: number, y = 1) {
      return x * y;
    }
    dispatchWorkgroupsIndirect() {
      return undefined;
    }
  }
  class GPUQueue {
    submit() {
      return undefined;
    }
  }
  class GPUDevice {
    readonly label = "device";
    createBuffer() {
      return this.label;
    }
    createBindGroup() {
      return undefined;
    }
  }
  return { GPUComputePassEncoder, GPUQueue, GPUDevice };
}

test("each call is counted once, until the count is taken", () => {
  const scope = fakeScope();
  const methodNow = (): unknown => Reflect.get(scope.GPUComputePassEncoder.prototype, "dispatchWorkgroups");
  const original = methodNow();
  const take = countGpuCalls(scope);
  expect(methodNow()).not.toBe(original);
  const pass = new scope.GPUComputePassEncoder();
  pass.dispatchWorkgroups(1);
  pass.dispatchWorkgroups(2);
  pass.dispatchWorkgroupsIndirect();
  new scope.GPUQueue().submit();
  const device = new scope.GPUDevice();
  device.createBuffer();
  device.createBuffer();
  device.createBindGroup();
  expect(take()).toEqual({ dispatches: 3, submits: 1, buffers: 2, bindGroups: 1 });
  expect(methodNow()).toBe(original);
});

test("a counted call still gets its arguments and its object, and gives its result", () => {
  const scope = fakeScope();
  countGpuCalls(scope);
  expect(new scope.GPUComputePassEncoder().dispatchWorkgroups(6, 7)).toBe(42);
  expect(new scope.GPUDevice().createBuffer()).toBe("device");
});

test("without WebGPU nothing is counted and nothing breaks", () => {
  expect(countGpuCalls({})()).toEqual({ dispatches: 0, submits: 0, buffers: 0, bindGroups: 0 });
});
