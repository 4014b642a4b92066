import { functionTable, type SandboxFunctions } from './functions/functions.js';
import { ChildPool, type PoolOptions } from './pool/child-pool.js';

export type SandboxOptions = Pick<
  PoolOptions<SandboxFunctions>,
  'children' | 'spare' | 'niceness' | 'grownMb' | 'home' | 'allowed' | 'without' | 'onEnded' | 'log'
>;

/** Everything that touches a user's bytes or burns processor time runs here: `await sandbox.run('describe', clip, { signal })`. */
export class Sandbox extends ChildPool<SandboxFunctions> {
  constructor(options: SandboxOptions) {
    super({ ...options, table: functionTable, functionsModule: new URL('../dist/functions/bodies.js', import.meta.url) });
  }
}
