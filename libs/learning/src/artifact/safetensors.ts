import { EarshotError } from '@earshot/contracts';

// Models and saved trainings are safetensors files: the length of a header (8 bytes, little-endian), the header (JSON: of each tensor its
// type, shape and range of bytes, and strings in `__metadata__`), then the bytes of all tensors without a gap. Data only: reading one runs
// nothing. What is not exactly that is MODEL_INVALID.

const arrays = { F64: Float64Array, F32: Float32Array, I32: Int32Array, U8: Uint8Array } as const;
type Dtype = keyof typeof arrays;
type Values = Float64Array | Float32Array | Int32Array | Uint8Array;

export interface Tensor<V extends Values = Values> {
  shape: readonly number[];
  values: V;
}

export interface Tensors {
  tensors: ReadonlyMap<string, Tensor>;
  metadata: Readonly<Record<string, string>>;
}

const alignment = 8;
/** The format's own limit. */
const longestHeader = 100_000_000;

/** The same tensors and metadata give the same bytes: names are in the order given, widest types first so that each is aligned. */
export function writeTensors({ tensors, metadata }: Tensors): Uint8Array<ArrayBuffer> {
  const entries = [...tensors].toSorted(([, a], [, b]) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT);
  const header: Record<string, unknown> = { __metadata__: metadata };
  let size = 0;
  for (const [name, { shape, values }] of entries) {
    if (volume(shape) !== values.length) throw new RangeError(`${name} has ${values.length} values, its shape ${volume(shape)}`);
    header[name] = { dtype: dtypeOf(values), shape, data_offsets: [size, size + values.byteLength] };
    size += values.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const begin = 8 + Math.ceil(text.length / alignment) * alignment;
  const file = new Uint8Array(begin + size).fill(0x20, 8 + text.length, begin);
  new DataView(file.buffer).setBigUint64(0, BigInt(begin - 8), true);
  file.set(text, 8);
  let at = begin;
  for (const [, { values }] of entries) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

export function readTensors(file: Uint8Array): Tensors {
  const { header, begin } = readHeader(file);
  const metadata = strings(header['__metadata__'] ?? {});
  const tensors = new Map<string, Tensor>();
  const ranges: [number, number][] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, range } = readEntry(name, entry);
    const [from, to] = range;
    if (to - from !== volume(shape) * arrays[dtype].BYTES_PER_ELEMENT) throw invalid(`the bytes of ${name} are not what its shape needs`);
    if (begin + to > file.length) throw invalid(`${name} ends after the file`);
    const values = new arrays[dtype](new Uint8Array(file.subarray(begin + from, begin + to)).buffer); // a copy: the file may lie at any address
    if (!values.every(Number.isFinite)) throw invalid(`${name} has a value that is not finite`);
    tensors.set(name, { shape, values });
    ranges.push(range);
  }
  let end = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    if (from !== end) throw invalid(from < end ? 'tensors overlap' : 'there are bytes between tensors');
    end = to;
  }
  if (begin + end !== file.length) throw invalid('there are bytes after the last tensor');
  return { tensors, metadata };
}

/** A tensor of another name is of a version that knows what to do with it: without it the others mean something else. */
export function onlyThese(tensors: Tensors['tensors'], names: readonly string[]): void {
  const unknown = [...tensors.keys()].filter((name) => !names.includes(name));
  if (unknown.length > 0) throw invalid(`it has tensors that are not known here: ${unknown.slice(0, 5).join(', ')}`);
}

function readHeader(file: Uint8Array): { header: Record<string, unknown>; begin: number } {
  if (file.length < 8) throw invalid('it ends before its header');
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(longestHeader, file.length - 8))) throw invalid('its header is longer than the file');
  const begin = 8 + Number(length);
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(8, begin)));
    if (isObject(header)) return { header, begin };
  } catch (cause) {
    throw invalid('its header is not JSON', cause);
  }
  throw invalid('its header is not an object');
}

function readEntry(name: string, entry: unknown): { dtype: Dtype; shape: number[]; range: [number, number] } {
  const { dtype, shape, data_offsets: range } = isObject(entry) ? entry : {};
  if (!isDtype(dtype)) throw invalid(`${name} is of no type that is read here (${Object.keys(arrays).join(', ')})`);
  if (!isCounts(shape)) throw invalid(`${name} has no shape`);
  if (!isCounts(range) || range.length !== 2 || range[0]! > range[1]!) throw invalid(`${name} has no range of bytes`);
  return { dtype, shape, range: [range[0]!, range[1]!] };
}

function strings(metadata: unknown): Record<string, string> {
  const entries = isObject(metadata) ? Object.entries(metadata) : [['', null]];
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) throw invalid('its metadata are not strings');
  return Object.fromEntries(entries);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0) && Number.isSafeInteger(volume(value));
const isDtype = (value: unknown): value is Dtype => typeof value === 'string' && Object.hasOwn(arrays, value);

function dtypeOf(values: Values): Dtype {
  const found = Object.entries(arrays).find(([, array]) => values instanceof array);
  if (!isDtype(found?.[0])) throw new TypeError('there is no name for this type of values');
  return found[0];
}

function volume(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function invalid(detail: string, cause?: unknown): EarshotError {
  return new EarshotError('MODEL_INVALID', `Not a file of tensors: ${detail}`, { cause });
}
