import { BlockFilter } from './block-filter.js';
import { halve } from './halving.js';
import { interpolate, interpolateBetween } from './interpolator.js';
import { blockFilterTwin, halveTwin, interpolateBetweenTwin, interpolateTwin } from './resample.twin.js';

const noise = (length: number, seed = 1): Float32Array => {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
};

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-6): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(tolerance);
}

describe('the interpolator', () => {
  it.each([
    { tapCount: 16, phaseCount: 147, step: 320 },
    { tapCount: 20, phaseCount: 441, step: 320 },
    { tapCount: 4, phaseCount: 1, step: 3 },
  ])('equals its twin: $tapCount taps, $phaseCount phases, step $step', ({ tapCount, phaseCount, step }) => {
    const table = { weights: noise(tapCount * phaseCount), tapCount, phaseCount, step };
    const z = noise(500, 2);
    const out = new Float32Array(100);
    interpolate(z, table, phaseCount - 1, out);
    expectClose(out, interpolateTwin(z, table, phaseCount - 1, 100));
  });

  it.each([1, 2] as const)('equals its twin where weights are interpolated, by polynomials of order %i', (order) => {
    const table = { weights: noise(12 * 16 * (order + 1)), tapCount: 12, phaseBits: 4, order, step: 1.37 * 2 ** 32 + 5 };
    const z = noise(200, 2);
    const out = new Float32Array(100);
    interpolateBetween(z, table, 2 ** 31, out);
    expectClose(out, interpolateBetweenTwin(z, table, 2 ** 31, 100), 4e-6);
  });
});

describe('halving', () => {
  it.each([8, 9])('equals its twin with %i weights', (weightCount) => {
    const weights = noise(weightCount);
    const z = noise(4 * weightCount + 2 * 30 - 1, 2);
    const out = new Float32Array(30);
    halve(z, weights, out);
    expectClose(out, halveTwin(z, weights, 30));
  });
});

describe('the block filter', () => {
  it.each([
    { up: 1, down: 1, offset: 0 },
    { up: 2, down: 1, offset: 0 },
    { up: 4, down: 3, offset: 0 },
    { up: 3, down: 1, offset: 2 },
    { up: 1, down: 2, offset: 0 },
    { up: 3, down: 4, offset: 1 },
  ])('equals its twin: up $up, down $down', ({ up, down, offset }) => {
    const shape = { size: 256, taps: Float64Array.from(noise(21, 3), (tap) => tap / 8), up, down };
    const input = noise(Math.ceil((256 - offset) / up), 2);
    expectClose(new BlockFilter(shape).apply(input, offset), blockFilterTwin(shape, input, offset));
  });
});
