import type { Random } from '../../random.js';

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const telling8 = [0, 1, 0x7f, 0x80, 0xfe, 0xff];
const telling32 = [0, 1, 2, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x10000, 0xffff];

/** One to six mutations of a file, the same for the same random numbers. */
export function mutate(file: Uint8Array, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(file);
  for (let count = 1 + random.below(6); count > 0 && bytes.length > 0; count--) bytes = random.pick(mutations)(bytes, random);
  return bytes;
}

const mutations: readonly Mutation[] = [
  function flipBit(bytes, random) {
    const at = place(bytes, random);
    bytes[at]! ^= 1 << random.below(8);
    return bytes;
  },
  function setByte(bytes, random) {
    bytes[place(bytes, random)] = random.pick(telling8);
    return bytes;
  },
  function setLong(bytes, random) {
    const at = place(bytes, random);
    if (at + 4 > bytes.length) return bytes;
    const value = random.pick(telling32);
    if (random.next() < 0.5) bytes.writeUInt32LE(value, at);
    else bytes.writeUInt32BE(value, at);
    return bytes;
  },
  function scramble(bytes, random) {
    const from = place(bytes, random);
    const to = Math.min(bytes.length, from + 1 + random.below(64));
    for (let i = from; i < to; i++) bytes[i] = random.below(256);
    return bytes;
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, 1 + random.below(bytes.length));
  },
  function cutOut(bytes, random) {
    const from = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + random.below(256))]);
  },
  function repeat(bytes, random) {
    const from = place(bytes, random);
    const piece = bytes.subarray(from, from + 1 + random.below(1024));
    return Buffer.concat([bytes.subarray(0, from), piece, piece, bytes.subarray(from)]);
  },
];

/** Half of the places lie in the first 256 bytes, where the headers are. */
function place(bytes: Buffer, random: Random): number {
  return random.below(random.next() < 0.5 ? Math.min(256, bytes.length) : bytes.length);
}
