import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EarshotError } from '@earshot/contracts';
import type { SourceFile } from './labels.js';

const mostFiles = 1_000_000;
const mostFileBytes = 2_000_000_000;
/** What a byte of the archive may become: speech in FLAC or Opus does not shrink by more, a bomb does. */
const mostGrowth = 200;
const freeBytes = 100_000_000;

/**
 * Where an archive is unpacked: its files have numbers for names there, so that no name in it leads anywhere, and they end before they fill
 * the disk.
 */
export class Unpacking {
  readonly files: SourceFile[] = [];
  private written = 0;

  constructor(
    private readonly folder: string,
    private readonly archive: string,
    private readonly archiveBytes: number,
  ) {}

  async add(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    if (this.files.length === mostFiles) throw this.bomb(`more than ${mostFiles} files`);
    const at = join(this.folder, String(this.files.length));
    let fileBytes = 0;
    const counted = async function* (this: Unpacking) {
      for await (const chunk of bytes) {
        fileBytes += chunk.length;
        this.written += chunk.length;
        if (fileBytes > mostFileBytes) throw this.bomb(`${path} is larger than ${mostFileBytes} bytes`);
        if (this.written > freeBytes + mostGrowth * this.archiveBytes)
          throw this.bomb(`it becomes more than ${mostGrowth} times as large as it is`);
        yield chunk;
      }
    }.bind(this);
    await pipeline(counted, createWriteStream(at));
    this.files.push({
      at,
      path: path
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .join('/'),
    });
  }

  private bomb(what: string): EarshotError {
    return new EarshotError('BODY_TOO_LARGE', `${this.archive} is not unpacked: ${what}`);
  }
}

/** Names that no honest archive has. */
export function refuseTraversal(archive: string, path: string): void {
  if (path.startsWith('/') || path.includes('\\') || path.split('/').includes('..') || path.includes('\0'))
    throw new EarshotError('REQUEST_INVALID', `${archive} has a file that leads out of it: ${JSON.stringify(path.slice(0, 200))}`);
}
