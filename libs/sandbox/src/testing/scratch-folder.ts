import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of files for one spec. */
export class ScratchFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'earshot-sandbox-spec-'));

  write(name: string, bytes: Uint8Array | string): { path: string; sizeBytes: number } {
    const path = join(this.path, name);
    writeFileSync(path, bytes);
    return { path, sizeBytes: Buffer.byteLength(bytes) };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
