import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { EarshotError } from '@earshot/contracts';
import type { SourceFile } from './labels.js';
import { refuseTraversal, Unpacking } from './unpacking.js';

const pieceBytes = 256 * 1024;
const mostDirectoryBytes = 500_000_000;

interface Entry {
  path: string;
  isFile: boolean;
  method: number;
  packedBytes: number;
  sizeBytes: number;
  sum: number;
  offset: number;
}

/** The files of a zip, stored or deflated, by its directory. Reference: PKWARE APPNOTE 6.3. */
export async function unpackZip(archive: string, folder: string): Promise<SourceFile[]> {
  const file = await open(archive);
  try {
    const { size } = await file.stat();
    const unpacking = new Unpacking(folder, archive, size);
    for (const entry of await entriesOf(file, size, archive)) {
      if (!entry.isFile) continue;
      refuseTraversal(archive, entry.path);
      await unpacking.add(entry.path, checked(await bytesOf(file, entry, archive), entry, archive));
    }
    return unpacking.files;
  } finally {
    await file.close();
  }
}

async function entriesOf(file: FileHandle, size: number, archive: string): Promise<Entry[]> {
  const { start, bytes } = await directoryOf(file, size, archive);
  if (bytes > mostDirectoryBytes || start + bytes > size) throw broken(archive);
  const directory = await read(file, start, bytes, archive);
  const entries: Entry[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const [nameBytes, extraBytes, noteBytes] = [
      directory.readUInt16LE(at + 28),
      directory.readUInt16LE(at + 30),
      directory.readUInt16LE(at + 32),
    ];
    const path = directory.toString('utf8', at + 46, at + 46 + nameBytes);
    const isEncrypted = (directory.readUInt16LE(at + 8) & 1) === 1;
    if (isEncrypted) throw new EarshotError('REQUEST_INVALID', `${archive} is encrypted`);
    const unixType = (directory.readUInt32LE(at + 38) >>> 28) & 0xf; // 8: a regular file, 0: not said
    const wide = wideFields(directory.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes));
    const of = (field: number) => {
      const value = directory.readUInt32LE(at + field);
      return value === 0xffffffff ? Number(wide.shift() ?? -1n) : value;
    };
    const [sizeBytes, packedBytes, offset] = [of(24), of(20), of(42)]; // in the order in which the wide ones stand
    const isFile = !path.endsWith('/') && (unixType === 8 || unixType === 0);
    const [method, sum] = [directory.readUInt16LE(at + 10), directory.readUInt32LE(at + 16)];
    entries.push({ path, isFile, method, packedBytes, sizeBytes, sum, offset });
    at += 46 + nameBytes + extraBytes + noteBytes;
  }
  return entries;
}

/** Its record is at the end, before a note of up to 64 kB; that of 64-bit archives is found from there. */
async function directoryOf(file: FileHandle, size: number, archive: string): Promise<{ start: number; bytes: number }> {
  const from = Math.max(0, size - 65_557);
  const tail = await read(file, from, size - from, archive);
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (at < 0 || at + 22 > tail.length) throw broken(archive);
  const short = { bytes: tail.readUInt32LE(at + 12), start: tail.readUInt32LE(at + 16) };
  if (short.start !== 0xffffffff && short.bytes !== 0xffffffff) return short;
  if (at < 20 || tail.readUInt32LE(at - 20) !== 0x07064b50) throw broken(archive);
  const record = await read(file, Number(tail.readBigUInt64LE(at - 12)), 56, archive);
  return { bytes: Number(record.readBigUInt64LE(40)), start: Number(record.readBigUInt64LE(48)) };
}

function wideFields(extra: Buffer): bigint[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const count = Math.floor(Math.min(extra.readUInt16LE(at + 2), extra.length - at - 4) / 8);
    return Array.from({ length: count }, (_, i) => extra.readBigUInt64LE(at + 4 + 8 * i));
  }
  return [];
}

async function bytesOf(
  file: FileHandle,
  { path, method, packedBytes, offset }: Entry,
  archive: string,
): Promise<AsyncIterable<Uint8Array>> {
  const head = await read(file, offset, 30, archive);
  if (head.readUInt32LE(0) !== 0x04034b50) throw broken(archive);
  if (packedBytes === 0) return nothing();
  const start = offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = partOf(file, start, packedBytes, archive);
  if (method === 0) return packed;
  if (method !== 8) throw new EarshotError('REQUEST_INVALID', `${archive} has packed ${path} in a way that is not known here (${method})`);
  const inflated = createInflateRaw();
  return Readable.from(packed)
    .on('error', (error) => inflated.destroy(error))
    .pipe(inflated);
}

async function* partOf(file: FileHandle, start: number, length: number, archive: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += pieceBytes) yield read(file, start + at, Math.min(pieceBytes, length - at), archive);
}

/** The bytes, which are as many and have the sum that the directory says, or there is an error. */
async function* checked(bytes: AsyncIterable<Uint8Array>, { path, sizeBytes, sum }: Entry, archive: string): AsyncGenerator<Uint8Array> {
  let [seenBytes, seenSum] = [0, 0];
  for await (const chunk of bytes) {
    seenBytes += chunk.length;
    seenSum = crc32(chunk, seenSum);
    yield chunk;
  }
  if (seenBytes !== sizeBytes || seenSum !== sum)
    throw new EarshotError('BODY_MALFORMED', `${archive} is damaged: ${path} is not what its directory says`);
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // an empty file
}

async function read(file: FileHandle, start: number, length: number, archive: string): Promise<Buffer> {
  if (!Number.isSafeInteger(start) || start < 0) throw broken(archive);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
  if (bytesRead < length) throw broken(archive);
  return buffer;
}

function broken(archive: string): EarshotError {
  return new EarshotError('BODY_MALFORMED', `${archive} is no zip, or is cut off`);
}
