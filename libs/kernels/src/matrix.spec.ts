import { productTwin, type Strided } from './matrix.twin.js';
import { deviation, noise, owner, placed } from './quads.fixture.js';

const { run, arena } = owner;
const room = (n: number) => Math.ceil(n / 8) * 8;

function product(a: Strided, b: Strided, bias: Float32Array, m: number, n: number, k: number, relu: boolean): Float32Array {
  const panels = arena.keep(4 * k * room(n));
  const biasRoom = new Float32Array(room(n));
  biasRoom.set(bias);
  const stride = room(n) + 8;
  const c = arena.keep(4 * m * stride);
  run.packPanels(placed(b.values), b.rowStride, b.columnStride, k, n, panels);
  arena.f32(c, m * stride).fill(1);
  run.panelProduct(placed(a.values), a.rowStride, a.columnStride, panels, placed(biasRoom), c, stride, m, n, k, relu);
  const out = arena.f32(c, m * stride);
  for (let i = 0; i < m; i++) expect(out.subarray(i * stride + room(n), (i + 1) * stride).every((value) => value === 1)).toBe(true);
  return Float32Array.from({ length: m * n }, (_, index) => out[Math.floor(index / n) * stride + (index % n)]!);
}

const rows = (values: Float32Array, columns: number): Strided => ({ values, rowStride: columns, columnStride: 1 });
const turned = (values: Float32Array, columns: number): Strided => ({ values, rowStride: 1, columnStride: columns });

describe('the matrix product', () => {
  it.each([
    [1, 1, 1],
    [4, 8, 3],
    [5, 9, 7],
    [32, 37, 256],
    [33, 1, 64],
    [3, 20, 128],
  ])('of %i rows, %i columns, %i steps is its twin, plain and with either side turned', (m, n, k) => {
    const bias = noise(n, 3);
    for (const relu of [false, true]) {
      for (const a of [rows(noise(m * k, 1), k), turned(noise(m * k, 1), m)]) {
        for (const b of [rows(noise(k * n, 2), n), turned(noise(k * n, 2), k)]) {
          expect(deviation(product(a, b, bias, m, n, k, relu), productTwin(a, b, bias, m, n, k, relu))).toBeLessThan(2e-6);
        }
      }
    }
  });

  it('gives a row the same bytes alone as among others', () => {
    const [a, b, bias] = [noise(7 * 50, 4), rows(noise(50 * 20, 5), 20), noise(20, 6)];
    const together = product(rows(a, 50), b, bias, 7, 20, 50, false);
    for (let i = 0; i < 7; i++) {
      expect(product(rows(a.slice(i * 50, i * 50 + 50), 50), b, bias, 1, 20, 50, false)).toEqual(together.slice(i * 20, i * 20 + 20));
    }
  });

  it('hides nothing that is not finite', () => {
    for (const relu of [false, true]) {
      const out = product(rows(Float32Array.of(Number.NaN, 1), 1), rows(Float32Array.of(1), 1), new Float32Array(1), 2, 1, 1, relu);
      expect([...out]).toEqual([Number.NaN, 1]);
    }
    const low = product(rows(Float32Array.of(-Infinity), 1), rows(Float32Array.of(1), 1), new Float32Array(1), 1, 1, 1, false);
    expect(low[0]).toBe(-Infinity);
  });
});
