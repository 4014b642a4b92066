import { readTensors, type Tensor, writeTensors } from './safetensors.js';

const tensors = new Map<string, Tensor>([
  ['labels', { shape: [3], values: Uint8Array.of(1, 2, 3) }],
  ['weight', { shape: [2, 2], values: Float32Array.of(1, -2, 0.5, 1e-30) }],
  ['mean', { shape: [1], values: Float64Array.of(Math.PI) }],
  ['nodes', { shape: [0, 4], values: new Int32Array() }],
]);
const metadata = { family: 'dense', labels: '["ä","b"]' };

/** A file with this header, and as many bytes of data. */
function file(header: unknown, dataBytes: number, length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const floats = (shape: number[], from: number, to: number, dtype = 'F32') => ({ dtype, shape, data_offsets: [from, to] });

describe('a file of tensors', () => {
  it('gives back what was written, wherever its bytes lie', () => {
    const written = writeTensors({ tensors, metadata });
    const moved = new Uint8Array(written.length + 3);
    moved.set(written, 3);
    for (const bytes of [written, moved.subarray(3), Buffer.from(moved).subarray(3)]) {
      const read = readTensors(bytes);
      expect(read.metadata).toEqual(metadata);
      expect(new Map(read.tensors)).toEqual(tensors);
    }
  });

  it('is the same for the same content, and its tensors are aligned', () => {
    expect(writeTensors({ tensors, metadata })).toEqual(writeTensors({ tensors: new Map(tensors), metadata: { ...metadata } }));
    const bytes = writeTensors({ tensors, metadata });
    expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
  });

  it('is read with no metadata at all, as others write it', () => {
    expect(readTensors(file({ w: floats([1], 0, 4) }, 4)).tensors.get('w')?.values).toEqual(Float32Array.of(0));
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a header longer than the file', file({}, 0, 1n << 62n)],
    ['no JSON', file('{', 0)],
    ['a list', file([], 0)],
    ['metadata that are no strings', file({ __metadata__: { a: 1 } }, 0)],
    ['metadata that are a list', file({ __metadata__: [], w: 1 }, 0)],
    ['a type that is not known', file({ w: floats([1], 0, 4, 'BF16') }, 4)],
    ['a type of the prototype', file({ w: floats([1], 0, 4, 'constructor') }, 4)],
    ['a negative size', file({ w: floats([-1, -1], 0, 4) }, 4)],
    ['a size beyond counting', file({ w: floats([2 ** 40, 2 ** 40], 0, 4) }, 4)],
    ['other bytes than its shape needs', file({ w: floats([2], 0, 4) }, 4)],
    ['a range that goes back', file({ w: floats([1], 4, 0) }, 4)],
    ['a tensor beyond the end', file({ w: floats([2], 0, 8) }, 4)],
    ['overlapping tensors', file({ a: floats([1], 0, 4), b: floats([1], 2, 6) }, 6)],
    ['a gap', file({ a: floats([1], 0, 4), b: floats([1], 8, 12) }, 12)],
    ['bytes at the end', file({ a: floats([1], 0, 4) }, 5)],
  ])('is refused with %s', (_what, bytes) => expect(() => readTensors(bytes)).toThrow(/MODEL_INVALID/));

  it('is refused with a value that is not finite', () => {
    const bytes = writeTensors({ tensors: new Map([['w', { shape: [2], values: Float32Array.of(1, Number.NaN) }]]), metadata });
    expect(() => readTensors(bytes)).toThrow(/MODEL_INVALID.*not finite/);
  });

  it('is refused cut anywhere', () => {
    const bytes = writeTensors({ tensors, metadata });
    for (let end = 0; end < bytes.length; end++) expect(() => readTensors(bytes.subarray(0, end))).toThrow(/MODEL_INVALID/);
  });
});
