export { canDecode, decode } from './decode.js';
export { downmix } from './downmix.js';
export { type AudioFormat, audioFormats } from './format.js';
export { NotDecodedHere } from './not-decoded-here.js';
export type { Decoded, DecodeLimits, FileDecoder, OnPcmBlock, PcmBlock } from './pcm.js';
export { createResampler, type Resampler, type ResamplerOptions, resample, resampledLength } from './resampling/resampler.js';
export { sniffBytes, sniffFormat } from './sniffing/sniff.js';
export { openWavDecoder } from './wav/open-wav-decoder.js';
export { type WavOptions, WavWriter, wavFile } from './wav/wav-writer.js';
