import { readFileSync } from 'node:fs';
import { decode } from './decode.js';
import { downmix } from './downmix.js';
import { resample } from './resampling/resampler.js';

interface Clip {
  file: string;
  sampleRate: number;
  channels: number;
  frames: number;
  samples22: number;
  samples16: number;
  /** The sixteen samples from 1000 on, to eight digits. */
  first22: number[];
  first16: number[];
}

const folder = new URL('../../features/golden/', import.meta.url);
const golden: { clips: Record<string, Clip> } = JSON.parse(readFileSync(new URL('golden.json', folder), 'utf8'));
const limits = { maxSeconds: 60, maxDecodedBytes: 1e8 };

async function load(clip: Clip): Promise<Float32Array> {
  const mono = new Float32Array(clip.frames);
  let at = 0;
  const onBlock = ({ channels }: { channels: Float32Array[] }): void => {
    mono.set(downmix(channels), at);
    at += channels[0]!.length;
  };
  const decoded = await decode([new Uint8Array(readFileSync(new URL(clip.file, folder)))], onBlock, limits);
  expect(decoded).toMatchObject({ sampleRate: clip.sampleRate, channels: clip.channels, frames: clip.frames });
  return mono;
}

describe('loading a golden clip', () => {
  it.each(Object.entries(golden.clips))('gives librosa.load’s samples of %s', async (_, clip) => {
    const mono = await load(clip);
    for (const [rate, length, first] of [
      [22_050, clip.samples22, clip.first22],
      [16_000, clip.samples16, clip.first16],
    ] as const) {
      const samples = resample(mono, clip.sampleRate, rate);
      expect(samples.length).toBe(length);
      const rms = Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / length);
      const tolerance = clip.sampleRate === rate ? 5e-9 : 3e-6 * rms; // the file's own samples but for the golden decimals
      for (const [i, expected] of first.entries()) expect(Math.abs(samples[1000 + i]! - expected)).toBeLessThanOrEqual(tolerance);
    }
  });
});
