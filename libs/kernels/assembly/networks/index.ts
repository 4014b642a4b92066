// What the module of networks exports. It is compiled twice: plain (serving) and with relaxed SIMD (training).
export { heapBase } from '../memory';
export { convolve } from './convolve';
export { convolveWeights } from './convolve-weights';
export { winograd, winogradPanels } from './winograd';
export { winogradWeights } from './winograd-weights';
export { multiplyAdd } from './madd';
export * from './panels';
export * from './columns';
export { normPool, normPoolBackward } from './norm-pool';
export * from './pool';
export * from './dropout';
export * from './softmax';
export * from './sum';
export { lstm, lstmBackward } from './lstm';
export { attend, attendBackward } from './attention';
