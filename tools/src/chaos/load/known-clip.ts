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

/** A WAV like no other number's: its length and its peak say together which one it is, and its two fading tones are its own. */
export function knownClip(number: number): KnownClip {
  const frames = shortestFrames + (number % lengths);
  const peakSample = 1_000 + ((7 * number + Math.floor(number / lengths)) % 31_000);
  const [pitch, interval, fading] = [0.1 + 0.9 * shareOf(number, 5), 1.2 + shareOf(number, 2), 0.2 + shareOf(number, 3)];
  const samples = Float32Array.from({ length: frames }, (_, i) => {
    const tones = 0.6 * Math.sin(pitch * i) + 0.4 * Math.sin(pitch * interval * i);
    return Math.round((peakSample - 1) * tones * Math.exp(-i / (fading * frames))) / fullScale;
  });
  samples[Math.floor(frames / 2)] = -peakSample / fullScale;
  const wav = new Uint8Array(wavFile([samples], { sampleRate, sampleFormat: 'pcm16' }));
  return { wav, frames, durationSeconds: frames / sampleRate, peak: peakSample / fullScale, samples };
}

/** From 0 to 1, spread evenly over successive numbers, and otherwise for each prime. */
function shareOf(number: number, prime: number): number {
  return (number * Math.sqrt(prime)) % 1;
}
