import { EarshotError } from '@earshot/contracts';
import { type Kernels, realQuadTables } from '@earshot/kernels';
import type { Extraction } from './extraction.js';
import { hann } from './hann.js';
import { once } from './once.js';
import type { PcmSource } from './pcm-source.js';
import type { SpeechProfile } from './profile.js';
import { keyOf } from './profile-hash.js';
import { speechMelBank } from './speech-mel-bank.js';
import { wordInterval } from './speech-trim.js';

/**
 * The power of a word in mel bands, [bands, frames] (row-major), for networks that hear words.
 *
 *     x: the word in the clip (speech-trim.ts), without its mean
 *     P[b,t] = Σₖ weight[b,k]·|Σᵢ w[i]·x[t·hop + i]·e^(−2πi·k·i/fftSize)|²        t = 0 … ⌊(n − window)/hop⌋
 *
 * w: periodic Hann of `windowSamples`; weights: speech-mel-bank.ts. Unit: power, no scaling. Silence is 0.
 */
export function speechPower({ run, arena }: Kernels, source: PcmSource, profile: SpeechProfile): Extraction {
  const { windowSamples, hopSamples, fftSize } = profile.frames;
  const { bands } = profile.mel;
  const x = word(source, profile);
  const { window, bank } = tables(keyOf({ sampleRate: profile.sampleRate, frames: profile.frames, mel: profile.mel }));
  const frameCount = Math.max(1, 1 + Math.floor((x.length - windowSamples) / hopSamples));
  const quadCount = Math.ceil(frameCount / 4);
  const sampleCount = (4 * quadCount - 1) * hopSamples + fftSize;
  return arena.scoped(() => {
    const [windowAt, bankAt, fftTables] = [arena.takeTable(window), arena.takeTable(bank), realQuadTables({ run, arena }, fftSize)];
    const work = arena.take(16 * fftSize);
    const pcm = arena.take(4 * sampleCount + 16);
    const magnitude = arena.take(16 * quadCount * (fftSize / 2 + 1));
    const mel = arena.take(16 * quadCount * bands);
    const out = arena.take(4 * frameCount * bands);
    const samples = arena.f32(pcm, sampleCount);
    samples.set(x.subarray(0, sampleCount)); // of what the last frame leaves over, the kernel needs nothing
    samples.fill(0, x.length);
    run.quadMagnitude(pcm, frameCount, hopSamples, fftSize, windowAt, fftTables, work, magnitude);
    run.quadMel(magnitude, quadCount, fftSize / 2 + 1, bankAt, bands, mel);
    if (!run.quadRows(mel, frameCount, bands, out, frameCount))
      throw new EarshotError('FEATURE_NOT_COMPUTABLE', `mel-power of ${profile.id} has values that are no numbers`);
    const values = arena.f32(out, frameCount * bands).slice();
    return { profile: profile.id, hash: profile.hash, shape: [bands, frameCount], columns: [], values };
  });
}

/** The word in the clip; its mean is taken out before it is looked for, and again of what is left. */
function word(source: PcmSource, profile: SpeechProfile): Float32Array {
  const x = new Float32Array(Math.min(source.sampleCount, Math.floor(profile.longestSeconds * profile.sampleRate)));
  source.read(0, x);
  const { start, end } = wordInterval(withoutMean(x), profile);
  return withoutMean(x.subarray(start, end));
}

/** In place. */
function withoutMean(x: Float32Array): Float32Array {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]!;
  const mean = sum / x.length;
  for (let i = 0; i < x.length; i++) x[i]! -= mean;
  return x;
}

/** Half of the window, zeros behind it up to the FFT's size, as the kernel wants it; and the packed bank. */
const tables = once(8, (key: string) => {
  const rule: Pick<SpeechProfile, 'sampleRate' | 'frames' | 'mel'> = JSON.parse(key);
  const window = new Float32Array(rule.frames.fftSize);
  window.set(hann(rule.frames.windowSamples).map((w) => w / 2));
  return { window, bank: speechMelBank(rule) };
});
