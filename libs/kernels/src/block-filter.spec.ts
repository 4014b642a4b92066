import { type BlockFilter, blocksAtOnce, filterBlocks } from './block-filter.js';
import { noise } from './quads.fixture.js';

/** The oracle: y[m] = (1/inSize)·Σₖ c[k]·H[k]·Re(X[k]·e^(2πi·k·m/outSize)), c[0] = 1, else 2, X[k] = Σ x[n]·e^(−2πi·k·n/inSize), in f64. */
function filteredTwin(x: Float32Array, { inSize, outSize, response }: BlockFilter): Float64Array {
  const bins = Array.from(response, (h, k) => {
    let [re, im] = [0, 0];
    for (let n = 0; n < inSize; n++) {
      const angle = (2 * Math.PI * ((k * n) % inSize)) / inSize;
      re += x[n]! * Math.cos(angle);
      im -= x[n]! * Math.sin(angle);
    }
    const share = ((k === 0 ? 1 : 2) * h) / outSize;
    return [share * re, share * im] as const;
  });
  return Float64Array.from({ length: outSize }, (_, m) =>
    bins.reduce((sum, [re, im], k) => {
      const angle = (2 * Math.PI * ((k * m) % outSize)) / outSize;
      return sum + re * Math.cos(angle) - im * Math.sin(angle);
    }, 0),
  );
}

describe('the block filter', () => {
  it.each([
    { inSize: 64, outSize: 64, binCount: 32, hop: 40 },
    { inSize: 128, outSize: 128, binCount: 30, hop: 64 },
    { inSize: 64, outSize: 128, binCount: 32, hop: 32 },
    { inSize: 64, outSize: 256, binCount: 31, hop: 64 },
    { inSize: 256, outSize: 128, binCount: 64, hop: 200 },
    { inSize: 512, outSize: 64, binCount: 32, hop: 300 },
    { inSize: 1024, outSize: 1024, binCount: 500, hop: 816 },
  ])(
    'of $inSize points, to $outSize, is the sum of the bins times their response, block by block',
    ({ inSize, outSize, binCount, hop }) => {
      const firstKept = 8;
      const keptCount = outSize - 12;
      const filter = { inSize, outSize, firstKept, keptCount, response: noise(binCount, 3) };
      const input = noise(3 * hop + inSize, 7);
      const out = new Float32Array(blocksAtOnce * keptCount);
      filterBlocks(filter, input, hop, out);
      for (let block = 0; block < blocksAtOnce; block++) {
        const twin = filteredTwin(input.subarray(block * hop, block * hop + inSize), filter);
        const scale = Math.sqrt(twin.reduce((sum, value) => sum + value * value, 0) / outSize);
        for (let i = 0; i < keptCount; i++) {
          expect(Math.abs(out[block * keptCount + i]! - twin[firstKept + i]!) / scale).toBeLessThan(2e-6);
        }
      }
    },
  );

  it('gives the same bytes for a block wherever it stands among the four', () => {
    const filter = { inSize: 64, outSize: 64, firstKept: 8, keptCount: 48, response: noise(20, 3) };
    const block = noise(64, 1);
    const input = new Float32Array(4 * 64);
    for (let at = 0; at < 4; at++) input.set(block, at * 64);
    input.set(noise(64, 9), 0);
    const out = new Float32Array(4 * 48);
    filterBlocks(filter, input, 64, out);
    expect(out.slice(96, 144)).toEqual(out.slice(48, 96));
    expect(out.slice(144)).toEqual(out.slice(48, 96));
  });
});
