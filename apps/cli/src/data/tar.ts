import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { EarshotError } from '@earshot/contracts';
import type { SourceFile } from './labels.js';
import { refuseTraversal, Unpacking } from './unpacking.js';

const blockBytes = 512;
const mostNameBytes = 65_536;

/** The regular files of a tar, compressed by gzip or not; links, folders and devices are passed over. Reference: POSIX pax, GNU long names. */
export async function unpackTar(archive: string, folder: string): Promise<SourceFile[]> {
  const unpacking = new Unpacking(folder, archive, (await stat(archive)).size);
  const file = createReadStream(archive);
  const stream = /gz$/i.test(archive) ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => stream.destroy(error));
  const reader = new ByteReader(stream, archive);
  let longName: string | null = null;
  for (;;) {
    const header = await reader.take(blockBytes);
    if (header === null || header.every((byte) => byte === 0)) break;
    const { name, type, sizeBytes } = headerOf(header, archive);
    const padding = (blockBytes - (sizeBytes % blockBytes)) % blockBytes;
    if (type === 'x' || type === 'L') {
      if (sizeBytes > mostNameBytes) throw broken(archive);
      const record = Buffer.from((await reader.take(sizeBytes)) ?? []).toString('utf8');
      longName = (type === 'L' ? record.replace(/\0.*$/s, '') : /\d+ path=(.*)\n/.exec(record)?.[1]) ?? longName;
    } else {
      const path = longName ?? name;
      longName = null;
      if (type === '0' || type === '\0') {
        refuseTraversal(archive, path);
        await unpacking.add(path, reader.pass(sizeBytes));
      } else for await (const _ of reader.pass(sizeBytes));
    }
    await reader.take(padding);
  }
  file.destroy();
  return unpacking.files;
}

function headerOf(block: Uint8Array, archive: string): { name: string; type: string; sizeBytes: number } {
  const text = (from: number, length: number) =>
    Buffer.from(block.subarray(from, from + length))
      .toString('utf8')
      .replace(/\0.*$/s, '');
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  const sizeBytes = Number.parseInt(text(124, 12).trim() || '0', 8);
  if (Number.parseInt(text(148, 8).trim(), 8) !== sum || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw broken(archive);
  const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
  return { name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`, type: String.fromCharCode(block[156] ?? 0), sizeBytes };
}

/** Bytes of a stream in the portions that are asked for. */
class ByteReader {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(
    stream: AsyncIterable<Uint8Array>,
    private readonly archive: string,
  ) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** Null at the end. */
  async take(count: number): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = [];
    if (count > 0 && !(await this.fill())) return null;
    for await (const part of this.pass(count)) parts.push(part);
    return Buffer.concat(parts);
  }

  async *pass(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0; ) {
      if (!(await this.fill())) throw broken(this.archive);
      const part = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  private async fill(): Promise<boolean> {
    while (this.rest.length === 0) {
      const { done, value } = await this.chunks.next().catch((error: unknown) => {
        throw new EarshotError('BODY_MALFORMED', `${this.archive} cannot be read`, { cause: error });
      });
      if (done) return false;
      this.rest = value;
    }
    return true;
  }
}

function broken(archive: string): EarshotError {
  return new EarshotError('BODY_MALFORMED', `${archive} is no tar, or is cut off`);
}
