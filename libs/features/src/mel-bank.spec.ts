import { blocks } from './golden.fixture.js';
import { hzToMel, melBank, melToHz } from './mel-bank.js';

/** The whole matrix, band by band, out of the packed form. */
function unpacked(sampleRate: number, fftSize: number, bands: number, maxHz: number): Float32Array[] {
  const bank = melBank(sampleRate, fftSize, { bands, minHz: 0, maxHz, topDb: 80 });
  const weights = new Float32Array(bank.buffer);
  const rows = Array.from({ length: bands }, () => new Float32Array(fftSize / 2 + 1));
  let at = 2 * (bands + 1);
  for (let gap = 0; gap <= bands; gap++) {
    for (let k = bank[2 * gap]!; k < bank[2 * gap]! + bank[2 * gap + 1]!; k++, at += 2) {
      if (gap < bands) rows[gap]![k] = weights[at]!;
      if (gap > 0) rows[gap - 1]![k] = weights[at + 1]!;
    }
  }
  return rows;
}

describe('the mel scale', () => {
  it('is linear up to 1 kHz, which is 15 mel', () => expect([hzToMel(500), hzToMel(1000)]).toEqual([7.5, 15]));
  it.each([0, 440, 1000, 11_025])('gives %d Hz back', (hz) => expect(melToHz(hzToMel(hz))).toBeCloseTo(hz, 8));
});

describe('the mel bank', () => {
  it.each([
    ['mel22050x2048x128', 22_050, 2048],
    ['mel16000x2048x128', 16_000, 2048],
    ['mel22050x1024x128', 22_050, 1024],
  ] as const)("%s is librosa's", (name, sampleRate, fftSize) => {
    const rows = unpacked(sampleRate, fftSize, 128, sampleRate / 2);
    for (const [k, column] of Object.entries(blocks[name].columns)) {
      for (const [band, weight] of column.entries()) expect(rows[band]![Number(k)]).toBeCloseTo(weight, 8);
    }
  });

  it('ends where it is told to', () => {
    const rows = unpacked(22_050, 2048, 20, 5000);
    const lastBin = Math.max(...rows.flatMap((row) => Array.from(row, (weight, k) => (weight > 0 ? k : 0))));
    expect((lastBin * 22_050) / 2048).toBeLessThan(5000);
    expect((lastBin * 22_050) / 2048).toBeGreaterThan(4980);
  });
});
