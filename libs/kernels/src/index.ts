export { Arena, type ArenaMark } from './arena.js';
export { ComplexFft } from './complex-fft.js';
export { quadFftPositions, quadFftTwiddles, quadPowerPairs } from './fft-tables.js';
export type { KernelExports } from './kernel-exports.js';
export { type Kernels, kernels, loadKernels } from './kernels.js';
export { RealFft } from './real-fft.js';
