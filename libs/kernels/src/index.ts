export { Arena, type ArenaMark } from './arena.js';
export { type BlockFilter, blocksAtOnce, filterBlocks } from './block-filter.js';
export { quadFftPositions, quadFftTwiddles, rootsOfUnity } from './fft-tables.js';
export { type InterpolationTable, interpolate } from './interpolator.js';
export type { KernelExports } from './kernel-exports.js';
export { type Kernels, kernels, loadKernels } from './kernels.js';
export { RealFft } from './real-fft.js';
export { realQuadTables } from './real-quad-tables.js';
