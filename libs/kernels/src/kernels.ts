import { Arena } from './arena.js';
import type { KernelExports } from './kernel-exports.js';
import { wasmBytes } from './wasm-bytes.js';

/** The instantiated module with its arena. */
export interface Kernels {
  readonly run: KernelExports;
  readonly arena: Arena;
}

let shared: Kernels | undefined;

/** The kernels of this thread, compiled at the first call: one module and one memory per worker. */
export function kernels(): Kernels {
  shared ??= loadKernels();
  return shared;
}

/** A separate instance with its own memory, for tests. */
export function loadKernels(): Kernels {
  const bytes = Uint8Array.from(atob(wasmBytes), (char) => char.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const run = exports as unknown as KernelExports; // the border to the module: a spec checks that every name is there
  return { run, arena: new Arena(run.memory, run.heapBase()) };
}
