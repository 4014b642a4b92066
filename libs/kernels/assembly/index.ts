// Everything the module exports. Each file is one kernel; its twin and its typed wrapper have the same name in ../src.
export * from './memory';
export * from './quad-fft';
export * from './complex-fft';
export * from './real-fft';
