export { commandLineOf } from './command-line.js';
export { freePort } from './free-port.js';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './postgres.js';
