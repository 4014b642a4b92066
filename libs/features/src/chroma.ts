import type { Kernels } from '@earshot/kernels';
import type { FrameFeature } from './frame-feature.js';
import { once } from './once.js';
import type { FrameRule } from './spectrogram.js';
import { type Tuning, tuningOf } from './tuning.js';

/** Pitch classes: row 0 is C. */
export const chromaRows = 12;

/**
 * Chroma: how strongly each of the twelve pitch classes sounds in a frame; the strongest is 1.
 *
 *     raw[t,c] = Σₖ bank[c,k]·S[t,k]²        chroma[t,c] = raw[t,c] / max_c raw[t,c]
 *
 * Twelve rows, no unit. The bank follows the tuning of the whole clip, so chroma waits for the second pass. A silent frame is 0.
 * Reference: librosa 0.11 `feature.chroma_stft`.
 */
export function chroma({ run, arena }: Kernels, sampleRate: number, { fftSize }: FrameRule, tuning: Tuning): FrameFeature {
  const binCount = fftSize / 2 + 1;
  const sums = arena.take(288);
  const pointer = arena.take(packedBytes(binCount));
  let isFilled = false;
  return {
    rows: chromaRows,
    pass: 'again',
    measure({ magnitude, quadCount }, out) {
      if (!isFilled) {
        const bank = packedChromaBank(sampleRate, fftSize, tuning.step());
        arena.u32(pointer, bank.length).set(bank);
        isFilled = true;
      }
      run.quadChroma(magnitude, quadCount, binCount, pointer, sums, out, 0);
    },
  };
}

/** Only 100 banks exist at a given rate; 50 kB each. */
const banks = once(200, (key: string) => {
  const [sampleRate = 0, fftSize = 0, step = 0] = key.split(' ').map(Number);
  return packed(chromaBank(sampleRate, fftSize, tuningOf(step)));
});

/** The bank of a tuning's step (tuning.ts) as the kernel `quadChroma` takes it. */
export function packedChromaBank(sampleRate: number, fftSize: number, step: number): Uint32Array {
  return banks(`${sampleRate} ${fftSize} ${step}`);
}

/**
 * The chroma filter bank, twelve values for each bin 0 … fftSize/2.
 *
 *     c[k] = 12·log₂(f[k]/A), A = 440·2^(tuning/12)/16, c[0] = c[1] − 18        b[k] = max(c[k+1] − c[k], 1)
 *     d[k,j] = ((c[k] − j + 126) mod 12) − 6        g[k,j] = exp(−½·(2·d[k,j]/b[k])²)
 *     bank[k, (j − 3) mod 12] = g[k,j]/√(Σ_j g[k,j]²)·exp(−½·((c[k]/12 − 5)/2)²)
 *
 * Reference: librosa 0.11 `filters.chroma`.
 */
export function chromaBank(sampleRate: number, fftSize: number, tuning: number): Float32Array {
  const A = (440 * 2 ** (tuning / 12)) / 16;
  const semitone = (k: number) => chromaRows * Math.log2((k * sampleRate) / fftSize / A);
  const bank = new Float32Array(chromaRows * (fftSize / 2 + 1));
  const g = new Float64Array(chromaRows);
  for (let k = 0; k <= fftSize / 2; k++) {
    const c = k === 0 ? semitone(1) - 18 : semitone(k);
    const width = Math.max(semitone(k + 1) - c, 1);
    let square = 0;
    for (let j = 0; j < chromaRows; j++) {
      const d = ((c - j + 126) % 12) - 6;
      g[j] = Math.exp(-0.5 * ((2 * d) / width) ** 2);
      square += g[j]! ** 2;
    }
    const scale = Math.exp(-0.5 * ((c / 12 - 5) / 2) ** 2) / Math.sqrt(square);
    for (let j = 0; j < chromaRows; j++) bank[k * chromaRows + ((j + 9) % 12)] = g[j]! * scale;
  }
  return bank;
}

const neighbours = 7;

/** An upper bound: as if every bin were dense and began a run. */
function packedBytes(binCount: number): number {
  return 4 * (chromaRows + 2) * binCount + 16;
}

/** As the kernel `quadChroma` takes it: the first bins, whose bumps are wide, whole; of the others the seven largest neighbours. */
function packed(bank: Float32Array): Uint32Array {
  const binCount = bank.length / chromaRows;
  const words = new Uint32Array(packedBytes(binCount) / 4);
  const floats = new Float32Array(words.buffer);
  const weight = (k: number, c: number) => bank[k * chromaRows + ((c + chromaRows) % chromaRows)]!;
  const firstOf = (k: number) => {
    const row = bank.subarray(k * chromaRows, (k + 1) * chromaRows);
    return (row.indexOf(Math.max(...row)) + chromaRows - (neighbours >> 1)) % chromaRows;
  };
  const isNarrow = (k: number) => {
    const first = firstOf(k);
    const top = weight(k, first + (neighbours >> 1));
    return Array.from({ length: chromaRows - neighbours }, (_, i) => weight(k, first + neighbours + i)).every((rest) => rest <= 1e-7 * top);
  };
  let dense = binCount;
  while (dense > 0 && isNarrow(dense - 1)) dense--;
  words[0] = dense;
  floats.set(bank.subarray(0, dense * chromaRows), 1);
  let at = 1 + dense * chromaRows;
  let run = at;
  for (let k = dense; k < binCount; k++) {
    const first = firstOf(k);
    if (k === dense || words[run] !== first) {
      run = at;
      words[run] = first;
      at += 2;
    }
    words[run + 1]! += 1;
    for (let i = 0; i < neighbours; i++) floats[at++] = weight(k, first + i);
  }
  return words.subarray(0, at + 2);
}
