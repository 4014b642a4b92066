import { blocksOf, median } from './median.js';
import { MemorySpool } from './spool.js';

const medianOf = (values: Float32Array) => median({ length: values.length, forEachBlock: (visit) => visit(values, 1) });
const sortedMedian = (values: Float32Array) => {
  const sorted = values.toSorted();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : Math.fround((sorted[half - 1]! + sorted[half]!) / 2);
};

describe('the median', () => {
  it.each([1, 2, 3, 10, 999, 1000])('of %i values is what sorting finds', (length) => {
    const values = Float32Array.from({ length }, (_, i) => Math.abs(Math.sin(i * 12.9898) * 10 ** ((i % 30) - 15)));
    expect(medianOf(values)).toBe(sortedMedian(values));
  });
  it('of equal values is that value', () => expect(medianOf(new Float32Array(8).fill(3))).toBe(3));
  it('lies between two different middle values', () => expect(medianOf(Float32Array.of(1, 2, 0, 9))).toBe(1.5));
  it('is the same when the values come in pieces from a spool, every second of them', () => {
    const values = Float32Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? (i * 7919) % 1000 : -5));
    const spool = new MemorySpool();
    spool.append(values.subarray(0, 700));
    spool.append(values.subarray(700));
    const forEachBlock = blocksOf(spool, new Float32Array(64));
    const pieces = { length: 1000, forEachBlock: (visit: (v: Float32Array, stride: number) => void) => forEachBlock((b) => visit(b, 2)) };
    expect(median(pieces)).toBe(sortedMedian(values.filter((_, i) => i % 2 === 0)));
  });
});
