import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kernels } from '@earshot/kernels';
import { z } from 'zod';
import { Analysis } from './analysis.js';
import { pcmInMemory } from './pcm-source.js';
import type { FeatureSpec } from './profile.js';
import { MemorySpool } from './spool.js';

// librosa's own values (golden/make_golden.py), the clips they are of, and signals whose features can be said in advance.

export const sampleRate = 22_050;
export const binHz = sampleRate / 2048;
const standardMel = { bands: 128, minHz: 0, maxHz: 11_025, topDb: 80 };

const summary = z.object({ shape: z.tuple([z.number(), z.number()]), columns: z.record(z.string(), z.array(z.number())) });
const vector = z.object({ vector: z.array(z.number()), nonSilent: z.array(z.tuple([z.number(), z.number()])).optional() });
const golden = z
  .object({
    columns: z.object({ talent37: z.array(z.string()), electro45: z.array(z.string()) }),
    blocks: z.object({
      clip: z.string(),
      stftMagnitude: summary,
      hann2048: summary,
      mel22050x2048x128: summary,
      mel16000x2048x128: summary,
      mel22050x1024x128: summary,
      chromaFilterTuning0: summary,
      tuning: z.number(),
      chroma: summary,
      mfcc13: summary,
      centroid: summary,
      rolloff: summary,
      bandwidth: summary,
      flatness: summary,
      zeroCrossingRate: summary,
      rms: summary,
      onsetStrength: summary,
      tempogramMean: z.array(z.number()),
      tempo: z.number(),
    }),
    clips: z.record(
      z.string(),
      z.object({ file: z.string(), sampleRate: z.number(), talent37: vector, electro45: vector, logmel128: summary, mfcc49x40: summary }),
    ),
  })
  .parse(JSON.parse(readFileSync(fileURLToPath(new URL('../golden/golden.json', import.meta.url)), 'utf8')));

export const { blocks, columns: goldenColumns } = golden;
export const clips = Object.entries(golden.clips).map(([name, clip]) => ({ name, ...clip }));

/** The samples of a golden clip, the mean of its channels. The reader knows just what make_golden.py writes. */
export function readClip(name: string): Float32Array {
  const bytes = readFileSync(fileURLToPath(new URL(`../golden/audio/${name}.wav`, import.meta.url)));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 12;
  let [channels, bits] = [1, 16];
  for (;;) {
    const [id, length] = [bytes.toString('latin1', at, at + 4), view.getUint32(at + 4, true)];
    at += 8;
    if (id === 'fmt ') [channels, bits] = [view.getUint16(at + 2, true), view.getUint16(at + 14, true)];
    if (id === 'data') {
      const width = bits / 8;
      const count = Math.floor(length / width / channels);
      return Float32Array.from({ length: count }, (_, i) => {
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += sampleAt(view, at + (i * channels + c) * width, bits);
        return sum / channels;
      });
    }
    at += length + (length % 2);
  }
}

function sampleAt(view: DataView, at: number, bits: number): number {
  if (bits === 16) return view.getInt16(at, true) / 2 ** 15;
  if (bits === 24) return (view.getUint8(at) | (view.getInt16(at + 1, true) << 8)) / 2 ** 23;
  return view.getFloat32(at, true);
}

export const goldenSamples = readClip(blocks.clip);

export interface Frames {
  rows: number;
  frames: number;
  /** Row-major. */
  values: Float32Array;
}

/** One feature of a signal, all frames. */
export function framesOf(
  spec: Exclude<FeatureSpec, { feature: 'tempo' }>,
  samples: Float32Array,
  { rule = { fftSize: 2048, hopSamples: 512 }, mel = standardMel, isResident = true } = {},
): Frames {
  const owner = kernels();
  return owner.arena.scoped(() => {
    const analysis = new Analysis(owner, pcmInMemory(samples, sampleRate), rule, isResident, () => new MemorySpool());
    const matrix = analysis.matrix(spec, mel, null);
    analysis.run();
    return { rows: matrix.rows, frames: matrix.frames, values: matrix.values() };
  });
}

/** The five columns that golden.json holds of a matrix, as ours and as librosa's. */
export function expectGolden(
  { values, rows, frames }: Frames,
  reference: z.output<typeof summary>,
  relative: number,
  absolute: number,
): void {
  expect([rows, frames]).toEqual(reference.shape);
  for (const [frame, column] of Object.entries(reference.columns)) {
    for (const [row, expected] of column.entries()) {
      const actual = values[row * frames + Number(frame)]!;
      if (Math.abs(actual - expected) > Math.max(absolute, relative * Math.abs(expected))) {
        throw new Error(`row ${row}, frame ${frame}: ${actual} where librosa has ${expected}`);
      }
    }
  }
}

export function tone(hz: number, seconds = 1, amplitude = 0.5): Float32Array {
  return Float32Array.from({ length: seconds * sampleRate }, (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / sampleRate));
}

export const silence = new Float32Array(sampleRate);

/** White noise, the same at every run. */
export function noise(length: number, amplitude = 0.5): Float32Array {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (amplitude * state) / 2 ** 31;
  });
}
