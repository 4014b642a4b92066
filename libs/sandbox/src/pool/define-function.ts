import type { Lend } from '../confinement/lent-files.js';
import type { FunctionContext, FunctionSpec } from './function-table.js';

/** A function of the sandbox, both sides of it: what the parent has to know, and what a child does. */
export interface SandboxFunction<Input, Output> extends FunctionSpec<Input, Output> {
  lend?(input: Input, lend: Lend): Input;
  /** Runs in a child. What is heavy (decoders, kernels) it imports when it runs: the parent loads this object too. */
  run(input: Input, context: FunctionContext): Output | Promise<Output>;
}

export function defineFunction<Input, Output>(spec: SandboxFunction<Input, Output>): SandboxFunction<Input, Output> {
  return spec;
}
