// How data goes between parent and child: JSON, and beside it typed arrays as their bytes. Not as V8's structured clone, whose reader is
// made for friends: 64 MB of it unfold to gigabytes of objects, and what it read wrong would be memory.
import { types } from 'node:util';
import { EarshotError } from '@earshot/contracts';

const kinds = { Uint8Array, Int8Array, Float32Array, Float64Array } as const;
type Kind = keyof typeof kinds;
type Packable = InstanceType<(typeof kinds)[Kind]>;

/** From the value to what is meant within it. */
type Path = (string | number)[];

/** A typed array, and its place, where there is a null meanwhile. */
interface SetAside {
  path: Path;
  array: Packable;
}

/** What the JSON says. */
interface Head {
  value: unknown;
  arrays: { path: Path; kind: Kind; length: number }[];
}

/** The length of the JSON, in eight bytes: typed arrays lie where they can be read in place. */
const prefixBytes = 8;
const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** However long the typed arrays are: at the worst JSON unfolds to twenty times its size. */
const mostJsonBytes = 16_000_000;

/** Of nulls, booleans, finite numbers, strings, typed arrays, and arrays and plain objects of them. Throws OUTPUT_TOO_LARGE where `unpack` would refuse it. */
export function pack(value: unknown, mostValues = Number.POSITIVE_INFINITY): Buffer {
  const setAside: SetAside[] = [];
  const plain = withoutArrays(value, ['value'], setAside);
  const head: Head = { value: plain, arrays: setAside.map(({ path, array }) => ({ path, kind: kindOf(array), length: array.length })) };
  const values = valuesIn(head);
  if (values > mostValues) throw new EarshotError('OUTPUT_TOO_LARGE', `${values} values, limit ${mostValues}`);
  const json = Buffer.from(JSON.stringify(head));
  if (json.length > mostJsonBytes) throw new EarshotError('OUTPUT_TOO_LARGE', `${json.length} bytes of JSON, limit ${mostJsonBytes}`);
  let at = prefixBytes + aligned(json.length);
  const packed = Buffer.alloc(setAside.reduce((sum, { array }) => sum + aligned(array.byteLength), at));
  packed.writeUInt32LE(json.length);
  packed.set(json, prefixBytes);
  for (const { array } of setAside) {
    packed.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  return packed;
}

/** Throws at anything that `pack` does not make, and at more than so many values: a typed array counts as a few, however long it is. */
export function unpack(packed: Uint8Array, mostValues = Number.POSITIVE_INFINITY): unknown {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const jsonBytes = bytes.readUInt32LE();
  if (jsonBytes > bytes.length - prefixBytes || jsonBytes > mostJsonBytes) throw new RangeError(`${jsonBytes} bytes of JSON`);
  const parsed: unknown = JSON.parse(bytes.toString('utf8', prefixBytes, prefixBytes + jsonBytes));
  const values = valuesIn(parsed);
  if (values > mostValues) throw new RangeError(`${values} values, limit ${mostValues}`); // before a schema makes an object of each fault
  const { value, arrays } = asHead(parsed);
  const root = { value };
  let at = prefixBytes + aligned(jsonBytes);
  for (const { path, kind, length } of arrays) {
    if (!Object.hasOwn(kinds, kind) || !Number.isSafeInteger(length) || length < 0) throw new TypeError(`no array: ${length} of ${kind}`);
    putInPlace(root, path, arrayAt(bytes, at, kind, length));
    at += aligned(length * kinds[kind].BYTES_PER_ELEMENT);
  }
  if (at !== bytes.length) throw new RangeError(`${bytes.length} bytes, of which ${at} are spoken for`);
  return root.value;
}

/** As far as it must be known before each array is looked at. */
function asHead(parsed: unknown): Head {
  const { value, arrays } = Object(parsed) as Partial<Head>;
  if (!Array.isArray(arrays) || !arrays.every((entry) => Array.isArray(entry?.path))) throw new TypeError('no list of arrays');
  return { value, arrays };
}

function withoutArrays(value: unknown, path: Path, setAside: SetAside[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (types.isTypedArray(value)) {
    setAside.push({ path: [...path], array: value as Packable }); // of another kind, `kindOf` refuses it
    return null;
  }
  const at = (step: string | number, inner: unknown) => {
    path.push(step);
    const plain = withoutArrays(inner, path, setAside);
    path.pop();
    return plain;
  };
  if (Array.isArray(value)) return value.map((inner, i) => at(i, inner));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, at(name, inner)]));
}

/** Not by its prototype: it need not come from the realm of this module. A Buffer goes as the bytes that it is. */
function kindOf(array: Packable): Kind {
  const kind = (Object.keys(kinds) as Kind[]).find((name) => types[`is${name}`](array));
  if (kind === undefined) throw new TypeError(`No array of ${Object.prototype.toString.call(array)} can be sent`);
  return kind;
}

function valuesIn(value: unknown): number {
  let count = 0;
  const left: object[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    for (const inner of Array.isArray(next) ? next : Object.values(next)) {
      count += 1;
      if (typeof inner === 'object' && inner !== null) left.push(inner);
    }
  }
  return count;
}

function arrayAt(bytes: Buffer, at: number, kind: Kind, length: number): Packable {
  const Kind = kinds[kind];
  const sizeBytes = length * Kind.BYTES_PER_ELEMENT;
  if (sizeBytes > bytes.length - at) throw new RangeError('an array is longer than what came');
  const { buffer, byteOffset } = bytes;
  const isReadableInPlace = (byteOffset + at) % Kind.BYTES_PER_ELEMENT === 0 && types.isArrayBuffer(buffer);
  if (isReadableInPlace) return new Kind(buffer, byteOffset + at, length);
  const copy = new Uint8Array(sizeBytes);
  copy.set(bytes.subarray(at, at + sizeBytes));
  return new Kind(copy.buffer);
}

function putInPlace(root: object, path: Path, array: Packable): void {
  let place: unknown = root;
  for (const step of path.slice(0, -1)) place = ownValue(place, step);
  const last = path.at(-1);
  if (last === undefined || ownValue(place, last) !== null)
    throw new TypeError(`there is no place for an array at ${JSON.stringify(path)}`);
  Object.assign(place as object, { [last]: array });
}

function ownValue(of: unknown, step: string | number): unknown {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, step)) return undefined;
  return (of as Record<string | number, unknown>)[step];
}
