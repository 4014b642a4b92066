import { Arena } from './arena.js';
import type { KernelExports } from './kernel-exports.js';
import { wasmBytes } from './wasm-bytes.js';

/** The instantiated module with its arena. */
export interface Kernels {
  readonly run: KernelExports;
  readonly arena: Arena;
}

let shared: Kernels | undefined;
let compiled: WebAssembly.Module | undefined;

/** The kernels of this thread: one memory for all that is computed and forgotten. */
export function kernels(): Kernels {
  shared ??= loadKernels();
  return shared;
}

/** An instance with a memory of its own, that goes with what holds it: a model, a training, a test. The module is compiled once. */
export function loadKernels(): Kernels {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(wasmBytes), (char) => char.charCodeAt(0)));
  const { exports } = new WebAssembly.Instance(compiled);
  const run = exports as unknown as KernelExports; // the border to the module: a spec checks that every name is there
  return { run, arena: new Arena(run.memory, run.heapBase()) };
}
