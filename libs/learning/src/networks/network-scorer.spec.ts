import { applyTemperature } from '../measures/calibration.js';
import { temperInPlace } from './network-scorer.js';

function tempered(probabilities: Float32Array, labels: number, temperature: number): Float32Array {
  const row = probabilities.slice();
  temperInPlace(row, labels, temperature);
  return row;
}

describe('the temperature of a network', () => {
  it('gives the probabilities that it gives anywhere, but for the last bit', () => {
    const rows = Float32Array.of(0.7, 0.2, 0.1, 0.05, 0.9, 0.05);
    for (const temperature of [0.3, 1.7]) {
      const expected = applyTemperature(rows, 3, temperature);
      tempered(rows, 3, temperature).forEach((p, i) => {
        expect(Math.abs(p / expected[i]! - 1)).toBeLessThan(2 ** -22);
      });
    }
  });

  it('leaves numbers where a power of each of many labels is less than single precision holds', () => {
    const many = new Float32Array(250).fill(1 / 250);
    expect(tempered(many, 250, 1 / 20)).toEqual(many);
  });
});
