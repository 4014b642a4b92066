import { crc32 } from 'node:zlib';
import type { ArchiveFile } from './tar.js';

const utf8Names = 0x0800;
const sumsBehind = 0x0008;
const flags = utf8Names | sumsBehind;
const version = 45; // 4.5: with 64-bit sizes
const noDate = 0x0021; // the 1st of January 1980
const wide = 0xffffffff;

interface Entry {
  name: Uint8Array;
  sum: number;
  sizeBytes: number;
  offset: number;
}

/**
 * ZIP without compression (audio gains little from it). Sums stand behind each file, because they are known only then; sizes and places
 * are of 64 bits throughout. Reference: PKWARE APPNOTE 6.3.
 */
export async function* zipOf(files: AsyncIterable<ArchiveFile>): AsyncGenerator<Uint8Array> {
  const entries: Entry[] = [];
  let at = 0;
  for await (const { path, sizeBytes, open } of files) {
    const entry: Entry = { name: Buffer.from(path), sum: 0, sizeBytes, offset: at };
    const head = localHeader(entry);
    yield head;
    for await (const chunk of await open()) {
      entry.sum = crc32(chunk, entry.sum);
      yield chunk;
    }
    const sums = descriptor(entry);
    yield sums;
    at += head.length + sizeBytes + sums.length;
    entries.push(entry);
  }
  const start = at;
  for (const entry of entries) {
    const row = directoryRow(entry);
    yield row;
    at += row.length;
  }
  yield directoryEnd(entries.length, start, at - start);
}

function localHeader({ name }: Entry): Uint8Array {
  const bytes = Buffer.alloc(30 + 20);
  bytes.writeUInt32LE(0x04034b50, 0);
  bytes.writeUInt16LE(version, 4);
  bytes.writeUInt16LE(flags, 6);
  bytes.writeUInt16LE(noDate, 12);
  bytes.writeUInt32LE(wide, 18); // both sizes: in the 64-bit field, where they are 0 until the end
  bytes.writeUInt32LE(wide, 22);
  bytes.writeUInt16LE(name.length, 26);
  bytes.writeUInt16LE(20, 28);
  bytes.writeUInt16LE(0x0001, 30);
  bytes.writeUInt16LE(16, 32);
  return Buffer.concat([bytes.subarray(0, 30), name, bytes.subarray(30)]);
}

function descriptor({ sum, sizeBytes }: Entry): Uint8Array {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(sum, 4);
  bytes.writeBigUInt64LE(BigInt(sizeBytes), 8);
  bytes.writeBigUInt64LE(BigInt(sizeBytes), 16);
  return bytes;
}

function directoryRow({ name, sum, sizeBytes, offset }: Entry): Uint8Array {
  const bytes = Buffer.alloc(46 + 28);
  bytes.writeUInt32LE(0x02014b50, 0);
  bytes.writeUInt16LE(version, 4);
  bytes.writeUInt16LE(version, 6);
  bytes.writeUInt16LE(flags, 8);
  bytes.writeUInt16LE(noDate, 14);
  bytes.writeUInt32LE(sum, 16);
  bytes.writeUInt32LE(wide, 20);
  bytes.writeUInt32LE(wide, 24);
  bytes.writeUInt16LE(name.length, 28);
  bytes.writeUInt16LE(28, 30);
  bytes.writeUInt32LE(wide, 42);
  bytes.writeUInt16LE(0x0001, 46);
  bytes.writeUInt16LE(24, 48);
  bytes.writeBigUInt64LE(BigInt(sizeBytes), 50);
  bytes.writeBigUInt64LE(BigInt(sizeBytes), 58);
  bytes.writeBigUInt64LE(BigInt(offset), 66);
  return Buffer.concat([bytes.subarray(0, 46), name, bytes.subarray(46)]);
}

/** The 64-bit record, the pointer to it, and the old record that sends readers there. */
function directoryEnd(count: number, start: number, sizeBytes: number): Uint8Array {
  const bytes = Buffer.alloc(56 + 20 + 22);
  bytes.writeUInt32LE(0x06064b50, 0);
  bytes.writeBigUInt64LE(44n, 4);
  bytes.writeUInt16LE(version, 12);
  bytes.writeUInt16LE(version, 14);
  bytes.writeBigUInt64LE(BigInt(count), 24);
  bytes.writeBigUInt64LE(BigInt(count), 32);
  bytes.writeBigUInt64LE(BigInt(sizeBytes), 40);
  bytes.writeBigUInt64LE(BigInt(start), 48);
  bytes.writeUInt32LE(0x07064b50, 56);
  bytes.writeBigUInt64LE(BigInt(start + sizeBytes), 64);
  bytes.writeUInt32LE(1, 72);
  bytes.writeUInt32LE(0x06054b50, 76);
  bytes.writeUInt16LE(0xffff, 84);
  bytes.writeUInt16LE(0xffff, 86);
  bytes.writeUInt32LE(wide, 88);
  bytes.writeUInt32LE(wide, 92);
  return bytes;
}
