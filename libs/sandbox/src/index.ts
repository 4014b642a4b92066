export type { ClipFile, SandboxFunctions } from './functions/functions.js';
export type { Log } from './pool/child-pool.js';
export { Sandbox, type SandboxOptions } from './sandbox.js';
