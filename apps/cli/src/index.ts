export { exitCodes } from './exit-codes.js';
export { createProgram } from './program.js';
