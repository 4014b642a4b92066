import { Arena } from '../arena.js';
import type { NetworkExports } from './network-exports.js';
import { wasmBytes as plainBytes } from './plain-bytes.js';
import { wasmBytes as relaxedBytes } from './relaxed-bytes.js';

/** An instance of the module of networks, with a memory of its own that goes when nobody holds it any more. */
export interface NetworkKernels {
  readonly run: NetworkExports;
  readonly arena: Arena;
  /** Whether a multiplication and its addition are one rounding: as fast again, its last bit up to the processor. */
  readonly isRelaxed: boolean;
}

const compiled = new Map<string, WebAssembly.Module>();

/** `serving` gives the same bytes on every processor; `training` is relaxed where the runtime can, and else the same. */
export function loadNetworkKernels(use: 'training' | 'serving'): NetworkKernels {
  const isRelaxed = use === 'training' && WebAssembly.validate(bytesOf(relaxedBytes));
  const { exports } = new WebAssembly.Instance(moduleOf(isRelaxed ? relaxedBytes : plainBytes));
  const run = exports as unknown as NetworkExports; // the border to the module: a spec checks that every name is there
  return { run, arena: new Arena(run.memory, run.heapBase()), isRelaxed };
}

/**
 * Whether a·b + c is one rounding in training here: the one thing in which two processors differ. It does not follow from a processor's
 * name, for whoever runs a virtual machine decides which of its instructions are there.
 */
export function fusesMultiplyAdd(): boolean {
  const near = 1 + 2 ** -12; // its square is 1 + 2⁻¹¹ + 2⁻²⁴, and the last of these is lost when it is rounded
  return loadNetworkKernels('training').run.multiplyAdd(near, near, -(1 + 2 ** -11)) !== 0;
}

function moduleOf(base64: string): WebAssembly.Module {
  let module = compiled.get(base64);
  if (!module) {
    module = new WebAssembly.Module(bytesOf(base64));
    compiled.set(base64, module);
  }
  return module;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
