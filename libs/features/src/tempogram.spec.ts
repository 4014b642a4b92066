import { kernels } from '@earshot/kernels';
import { blocks, framesOf, goldenSamples, noise } from './golden.fixture.js';
import { onsetEnvelope } from './onset-strength.js';
import { MeanTempogram, tempogramError } from './tempogram.js';

const envelopes = {
  'dense onsets': noise(900).map(Math.abs),
  'one onset': Float32Array.from({ length: 500 }, (_, t) => (t === 100 ? 3 : 0)),
  'two onsets': Float32Array.from({ length: 5000 }, (_, t) => (t === 4000 || t === 4100 ? 1 : 0)),
  'twenty onsets of a short clip': noise(50).map((value, t) => (t > 9 && t < 30 ? Math.abs(value) : 0)),
  'twenty onsets far apart': Float32Array.from({ length: 4000 }, (_, t) => (t % 200 === 7 ? t : 0)),
  'a single frame': Float32Array.of(2),
};

describe('the mean tempogram', () => {
  it("is librosa's", () => {
    const { values } = framesOf({ feature: 'onset-strength', aggregate: 'mean' }, goldenSamples);
    const mean = new MeanTempogram(kernels(), onsetEnvelope(values, 2), 384).mean();
    for (const [lag, expected] of blocks.tempogramMean.entries()) expect(Math.abs(mean[lag]! - expected)).toBeLessThan(1e-5);
  });

  it.each(Object.entries(envelopes))('of %s is within a tenth of its declared error of the exact one', (_, envelope) => {
    const tempogram = new MeanTempogram(kernels(), envelope, 344);
    const mean = tempogram.mean();
    for (let lag = 0; lag < 344; lag += 7) expect(Math.abs(mean[lag]! - tempogram.exactMean(lag))).toBeLessThan(0.3 * tempogramError);
  });

  it('of one onset has nothing at any lag but 0', () => {
    const tempogram = new MeanTempogram(kernels(), envelopes['one onset'], 344);
    expect([22, 100].map((lag) => tempogram.exactMean(lag))).toEqual([0, 0]);
    expect(tempogram.exactMean(0)).toBeGreaterThan(0.5);
  });
});
