// Everything the module exports. Each file is one kernel; its twin and its typed wrapper have the same name in ../src.
export * from './memory';
export * from './quad-fft';
export * from './complex-fft';
export * from './real-fft';
export * from './waveform';
export * from './quad-power';
export * from './spectral-shape';
export * from './flatness';
export * from './mel';
export * from './decibels';
export * from './cepstrum';
export * from './peaks';
export * from './chroma';
export * from './onset';
export * from './autocorrelation';
export * from './resample';
