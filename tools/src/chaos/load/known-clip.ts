import { wavFile } from '@earshot/audio';

export const sampleRate = 8_000;
const shortestFrames = 400;
const lengths = 4_000;
const fullScale = 32_768;

/** A clip of which it is known what its description has to say. */
export interface KnownClip {
  wav: Uint8Array<ArrayBuffer>;
  frames: number;
  durationSeconds: number;
  peak: number;
  samples: Float32Array;
}

/** A WAV like no other number's: its length and its peak say together which one it is. */
export function knownClip(number: number): KnownClip {
  const frames = shortestFrames + (number % lengths);
  const peakSample = 1_000 + ((7 * number + Math.floor(number / lengths)) % 31_000);
  const samples = Float32Array.from({ length: frames }, (_, i) => Math.round((peakSample - 1) * Math.sin(i / 5)) / fullScale);
  samples[Math.floor(frames / 2)] = -peakSample / fullScale;
  const wav = new Uint8Array(wavFile([samples], { sampleRate, sampleFormat: 'pcm16' }));
  return { wav, frames, durationSeconds: frames / sampleRate, peak: peakSample / fullScale, samples };
}
