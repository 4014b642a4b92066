import type { DecodeLimits, FileDecoder, OnPcmBlock } from '../pcm.js';
import { PcmGate } from '../pcm-gate.js';
import { WavDecoder } from './wav-decoder.js';

/** A WAV decoder to push bytes into as they come, for example from another process's output. */
export function openWavDecoder(onBlock: OnPcmBlock, limits: DecodeLimits): FileDecoder {
  return new WavDecoder(new PcmGate(onBlock, limits));
}
