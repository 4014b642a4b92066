export { indexerSettings as settings } from './config.js';
export { start } from './start.js';
