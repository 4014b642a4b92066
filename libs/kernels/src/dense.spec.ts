import { type AdamState, adamTwin, dropoutTwin, normalizeTwin } from './dense.twin.js';
import { deviation, noise, owner, placed } from './quads.fixture.js';

const { run, arena } = owner;
const [rows, columns, epsilon] = [13, 20, 1e-3];
const floats = (values: Iterable<number>) => Float32Array.from(values);
const empty = (count: number) => arena.keep(4 * count);

/** x ↦ Σ weight·(γ·x̂ + β) of x = max(0, z): what the backward pass is the derivative of. */
function weighted(z: ArrayLike<number>, gamma: ArrayLike<number>, beta: ArrayLike<number>, weight: Float32Array): number {
  const x = Float64Array.from(z, (value) => Math.max(0, value));
  return normalizeTwin(x, columns, gamma, beta, epsilon).y.reduce((sum, y, i) => sum + y * weight[i]!, 0);
}

function slope(of: (values: Float64Array) => number, values: Float32Array, i: number): number {
  const [up, down] = [Float64Array.from(values), Float64Array.from(values)];
  up[i]! += 1e-6;
  down[i]! -= 1e-6;
  return (of(up) - of(down)) / 2e-6;
}

describe('batch normalisation', () => {
  const z = noise(rows * columns, 1);
  const [gamma, beta, weight] = [noise(columns, 2), noise(columns, 3), noise(rows * columns, 4)];
  const x = z.map((value) => Math.max(0, value));
  const at = { x: placed(x), d: placed(weight), gamma: placed(gamma), beta: placed(beta), y: empty(rows * columns) };
  const [mean, variance, inverse, dGamma, dBeta, dBias] = Array.from({ length: 6 }, () => empty(columns)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  run.normalizeBatch(at.x, rows, columns, columns, at.gamma, at.beta, epsilon, mean, variance, inverse, at.y);

  it('is its twin', () => {
    const twin = normalizeTwin(x, columns, gamma, beta, epsilon);
    expect(deviation(arena.f32(mean, columns), twin.mean)).toBeLessThan(1e-6);
    expect(deviation(arena.f32(variance, columns), twin.variance)).toBeLessThan(1e-6);
    expect(deviation(arena.f32(inverse, columns), twin.inverse)).toBeLessThan(1e-6);
    expect(deviation(arena.f32(at.y, rows * columns), twin.y)).toBeLessThan(1e-6);
  });

  it('goes back, through the ReLU before it, by the slopes of its twin', () => {
    run.normalizeReluBackward(at.x, at.d, rows, columns, columns, at.gamma, mean, inverse, dGamma, dBeta, dBias);
    const dz = floats(z.map((_, i) => slope((values) => weighted(values, gamma, beta, weight), z, i)));
    const ofGamma = floats(gamma.map((_, i) => slope((values) => weighted(z, values, beta, weight), gamma, i)));
    expect(deviation(arena.f32(at.d, rows * columns), dz)).toBeLessThan(1e-5);
    expect(deviation(arena.f32(dGamma, columns), ofGamma)).toBeLessThan(1e-5);
    expect(deviation(arena.f32(dBeta, columns), sums(weight))).toBeLessThan(1e-6);
    expect(deviation(arena.f32(dBias, columns), sums(dz))).toBeLessThan(1e-5);
  });
});

function sums(matrix: Float32Array): Float64Array {
  const out = new Float64Array(columns);
  matrix.forEach((value, i) => {
    out[i % columns]! += value;
  });
  return out;
}

describe('the kernels of a dense layer', () => {
  it('go back through a ReLU, and sum columns', () => {
    const [x, d] = [noise(rows * columns, 5), noise(rows * columns, 6)];
    const at = placed(d);
    const total = empty(columns);
    run.columnSums(at, rows, columns, columns, total);
    expect(deviation(arena.f32(total, columns), sums(d))).toBeLessThan(1e-6);
    run.reluBackward(placed(x), at, rows, columns, columns, total);
    const dz = d.map((value, i) => (x[i]! > 0 ? value : 0));
    expect(arena.f32(at, d.length)).toEqual(dz);
    expect(deviation(arena.f32(total, columns), sums(dz))).toBeLessThan(1e-6);
  });

  it('drop the share that is asked for, the same values for the same key', () => {
    const x = noise(40_000, 7);
    const threshold = Math.round(0.3 * 2 ** 32);
    const dropped = (key: number) => {
      const at = placed(x);
      run.dropout(at, x.length, key, threshold, 1 / 0.7);
      return arena.f32(at, x.length).slice();
    };
    for (const key of [0, 1, -77]) {
      const out = dropped(key);
      expect(out).toEqual(dropoutTwin(x, key, threshold, 1 / 0.7));
      expect(out.filter((value) => value === 0).length / x.length).toBeCloseTo(0.3, 2);
    }
    expect(dropped(1)).not.toEqual(dropped(2));
  });

  it('step as Adam does, with decay', () => {
    const count = 64;
    const weights = noise(count, 8);
    let twin: AdamState = { w: Float64Array.from(weights), m: new Float64Array(count), v: new Float64Array(count) };
    const [w, m, v] = [placed(weights), placed(new Float32Array(count)), placed(new Float32Array(count))];
    for (let t = 1; t <= 5; t++) {
      const g = noise(count, 10 + t);
      const step = { rate: 0.01 / (1 - 0.9 ** t), secondScale: 1 / (1 - 0.999 ** t), beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 1e-3 };
      run.adam(w, placed(g), m, v, count, step.rate, step.secondScale, 0.9, 0.999, 1e-7, 1e-3);
      twin = adamTwin(twin, g, step);
    }
    expect(deviation(arena.f32(w, count), twin.w)).toBeLessThan(1e-6);
    expect(deviation(arena.f32(m, count), twin.m)).toBeLessThan(1e-6);
    expect(deviation(arena.f32(v, count), twin.v)).toBeLessThan(1e-5);
  });
});
