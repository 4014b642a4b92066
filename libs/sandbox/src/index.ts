export type { ClipFacts } from './functions/clip-facts.js';
export type { ClipFile } from './functions/clip-file.js';
export type { SandboxFunctions } from './functions/functions.js';
export type { ClipScores } from './functions/score-clip.js';
export type { Log } from './pool/child-pool.js';
export { Sandbox, type SandboxOptions } from './sandbox.js';
export type { ModelFile } from './scoring/loaded-models.js';
export type { Windows } from './scoring/windows.js';
