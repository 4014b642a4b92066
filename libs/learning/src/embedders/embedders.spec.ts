import { Matrix } from '../data/matrix.js';
import { Random } from '../random.js';
import { scalerSchema } from './embedder.js';
import { embedders, findEmbedder } from './embedders.js';

const random = new Random(3);
const vector = (length: number, seed: number) => Float32Array.from({ length }, (_, i) => 5 + 3 * random.normal(1000 * seed + i));
const length = (values: Float32Array) => Math.hypot(...values);

describe.each(embedders)('the embedder $name', (embedder) => {
  const { dimensions } = embedder;
  const collection = Matrix.of([1, 2, 3, 4].map((seed) => vector(dimensions, seed)));
  const scaler = embedder.fit?.(collection);

  it('gives directions of length one, the same for the same vector', () => {
    const direction = embedder.embed(vector(dimensions, 1), scaler);
    expect(direction.length).toBe(dimensions);
    expect(length(direction)).toBeCloseTo(1, 5);
    expect(embedder.embed(vector(dimensions, 1), scaler)).toEqual(direction);
    expect(embedder.embed(vector(dimensions, 2), scaler)).not.toEqual(direction);
  });

  it('keeps the vector that it is given', () => {
    const given = vector(dimensions, 1);
    embedder.embed(given, scaler);
    expect(given).toEqual(vector(dimensions, 1));
  });

  it.each([
    ['of another length', new Float32Array(dimensions + 1)],
    ['with what is no number', Float32Array.from({ length: dimensions }, (_, i) => (i === 3 ? Number.NaN : 1))],
  ])('refuses a vector %s', (_, wrong) => expect(() => embedder.embed(wrong, scaler)).toThrow(embedder.name));

  it('keeps what it learnt of a collection as JSON', () => {
    if (scaler === undefined) return expect(embedder.fit).toBeUndefined();
    const kept = scalerSchema.parse(JSON.parse(JSON.stringify(scaler)));
    expect(embedder.embed(vector(dimensions, 9), kept)).toEqual(embedder.embed(vector(dimensions, 9), scaler));
  });

  it('is found by its name', () => expect(findEmbedder(embedder.name)).toBe(embedder));
});

describe('the embedders', () => {
  it('begin with the default', () => expect(embedders.map(({ name }) => name)).toEqual(['sound-97@1', 'electro-45@1']));
  it('are no others', () => expect(findEmbedder('none@1')).toBeNull());
});

describe('electro-45@1', () => {
  const embedder = findEmbedder('electro-45@1')!;
  it('needs the scaler of its collection', () => expect(() => embedder.embed(new Float32Array(45))).toThrow('scaler'));
  it('is the standardised vector, of length one', () => {
    const scaler = { mean: Array(45).fill(1), scale: Array(45).fill(2) };
    const direction = embedder.embed(
      Float32Array.from({ length: 45 }, (_, i) => (i === 4 ? 7 : i === 5 ? 9 : 1)),
      scaler,
    );
    expect([direction[4], direction[5], direction[6]]).toEqual([Math.fround(0.6), Math.fround(0.8), 0]);
  });
  it('says that clips are alike when all are the same', () => {
    const rows = Matrix.of([new Float32Array(45).fill(2), new Float32Array(45).fill(2)]);
    const scaler = embedder.fit!(rows);
    expect(length(embedder.embed(rows.row(0), scaler))).toBe(1);
    expect(embedder.embed(rows.row(0), scaler)).toEqual(embedder.embed(rows.row(1), scaler));
  });
});
