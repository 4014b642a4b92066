import { kernels } from '@earshot/kernels';
import { blocks, framesOf, goldenSamples, sampleRate } from './golden.fixture.js';
import { onsetEnvelope } from './onset-strength.js';
import { tempo } from './tempo.js';

const tempoOf = (envelope: Float32Array) => tempo(kernels(), envelope, sampleRate, 512);
const pulses = (lag: number) => Float32Array.from({ length: 1000 }, (_, t) => (t % lag === 0 ? 1 : 0));

describe('the tempo', () => {
  it.each([18, 22, 26, 30])('of a pulse each %i frames is that of its lag', (lag) => {
    expect(tempoOf(pulses(lag))).toBeCloseTo((60 * sampleRate) / (512 * lag), 6);
  });
  it('is 0 without any onset', () => expect(tempoOf(new Float32Array(500))).toBe(0));
  it('of a single onset is the value next to 120: every lag is empty and the weight alone decides', () => {
    expect(tempoOf(Float32Array.from({ length: 400 }, (_, t) => (t === 200 ? 5 : 0)))).toBeCloseTo(117.45384, 5);
  });
  it("is librosa's", () => {
    const { values } = framesOf({ feature: 'onset-strength', aggregate: 'mean' }, goldenSamples);
    expect(tempoOf(onsetEnvelope(values, 2))).toBeCloseTo(blocks.tempo, 4);
  });
});
