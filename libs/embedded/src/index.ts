export { type ChromaOptions, type RunningChroma, startChroma } from './chroma.js';
export { type ChromaProgram, findChroma } from './chroma-programs.js';
export { commandLineOf } from './command-line.js';
export { freePort } from './free-port.js';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './postgres.js';
