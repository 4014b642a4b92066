export { Arena, type ArenaMark } from './arena.js';
export { BlockFilter, type BlockFilterShape } from './block-filter.js';
export { pairFftTwiddles, quadFftPositions, quadFftTwiddles } from './fft-tables.js';
export { halve } from './halving.js';
export { type CoarseTable, type InterpolationTable, interpolate, interpolateBetween } from './interpolator.js';
export type { KernelExports } from './kernel-exports.js';
export { type Kernels, kernels, loadKernels } from './kernels.js';
export { RealFft } from './real-fft.js';
