export type { ClipFile } from './functions/clip-file.js';
export type { SandboxFunctions } from './functions/functions.js';
export type { Log } from './pool/child-pool.js';
export { Sandbox, type SandboxOptions } from './sandbox.js';
