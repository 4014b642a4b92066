import { pack, unpack } from './packed.js';

/** As a child that lies would write it. */
function packedJson(json: string, arrays: Uint8Array = new Uint8Array()): Buffer {
  const jsonBytes = Buffer.from(json);
  const packed = Buffer.alloc(8 + Math.ceil(jsonBytes.length / 8) * 8 + arrays.length);
  packed.writeUInt32LE(jsonBytes.length);
  packed.set(jsonBytes, 8);
  packed.set(arrays, packed.length - arrays.length);
  return packed;
}

const headOf = (value: unknown, ...arrays: object[]) => JSON.stringify({ value, arrays });

describe('what is packed', () => {
  it.each([
    ['nothing', null],
    ['values', { text: 'ä\0', list: [1, -0.5, 1e300, true, null, []], empty: {} }],
    ['an array by itself', Float32Array.of(1, 2, 3)],
    [
      'arrays of each kind and length',
      { a: Uint8Array.of(1, 2, 3), b: [Int8Array.of(-1), { c: new Float64Array(0) }], d: Float64Array.of(0.1) },
    ],
    ['a name of an array that looks like another', { arrays: [null], value: { value: Float32Array.of(5) } }],
  ])('comes out as it was: %s', (_what, value) => expect(unpack(pack(value))).toEqual(value));

  it('comes out wherever it lies in memory', () => {
    const packed = pack({ values: Float64Array.of(0.1, 0.2) });
    const shifted = Buffer.alloc(packed.length + 1);
    shifted.set(packed, 1);
    expect(unpack(shifted.subarray(1))).toEqual({ values: Float64Array.of(0.1, 0.2) });
  });

  it('is bytes where it was a Buffer', () => expect(unpack(pack([Buffer.from('abc')]))).toEqual([Uint8Array.from(Buffer.from('abc'))]));

  it('is refused where the other side would refuse it', () => {
    expect(() => pack(Array(100).fill(0), 50)).toThrow('OUTPUT_TOO_LARGE');
    expect(() => pack('x'.repeat(16_000_001))).toThrow('OUTPUT_TOO_LARGE');
    expect(() => pack({ numbers: new Uint16Array(1) })).toThrow(TypeError);
    expect(unpack(pack(new Float32Array(1_000_000), 50), 50)).toHaveLength(1_000_000);
  });
});

describe('what a child made up', () => {
  it.each([
    ['no JSON', packedJson('{"value":')],
    ['no head', packedJson('[]')],
    ['less than a length', Buffer.alloc(3)],
    ['a length of more than there is', Buffer.from([255, 255, 255, 255, 0, 0, 0, 0])],
    ['more than is spoken for', packedJson(headOf(1), new Uint8Array(8))],
    ['an array that ends behind it', packedJson(headOf(null, { path: ['value'], kind: 'Float32Array', length: 1e9 }))],
    ['a length beyond all numbers', packedJson(headOf(null, { path: ['value'], kind: 'Float64Array', length: 2 ** 62 }))],
    ['an array of a kind that nobody knows', packedJson(headOf(null, { path: ['value'], kind: 'Array', length: 0 }))],
    ['an array in the place of a value', packedJson(headOf(5, { path: ['value'], kind: 'Uint8Array', length: 0 }))],
    ['an array in a prototype', packedJson(headOf({}, { path: ['value', '__proto__', 'x'], kind: 'Uint8Array', length: 0 }))],
    ['an array in no place', packedJson(headOf({}, { path: [], kind: 'Uint8Array', length: 0 }))],
  ])('is refused: %s', (_what, packed) => expect(() => unpack(packed)).toThrow());

  it('is refused where it holds more values than it may', () => {
    expect(() => unpack(packedJson(headOf(Array(300_000).fill({}))), 250_000)).toThrow('limit 250000');
  });

  it('may be nested as deep as it likes', () => {
    const deep = `{"value":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)},"arrays":[]}`;
    expect(() => unpack(packedJson(deep), 250_000)).toThrow('limit 250000');
  });

  it('is no prototype', () => {
    const value = unpack(packedJson('{"value":{"__proto__":{"isAdmin":true}},"arrays":[]}'));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});
