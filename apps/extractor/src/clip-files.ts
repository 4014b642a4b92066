import { EarshotError } from '@earshot/contracts';
import type { ClaimedItem } from '@earshot/database';
import type { ClipFile } from '@earshot/sandbox';
import { type BlobStore, withLocalFile } from '@earshot/storage';
import { LentBytes } from './lent-bytes.js';

/** Brings the bytes of items to where the sandbox can read them. */
export class ClipFiles {
  private readonly lent = new LentBytes();

  constructor(private readonly store: BlobStore) {}

  /** Lends the item's clip as a file, and the hash of its bytes, while `use` runs. */
  async lend<Result>(workspaceId: string, item: ClaimedItem, use: (file: ClipFile, sha256: string) => Promise<Result>): Promise<Result> {
    const { sha256, sizeBytes } = item;
    if (sha256 === null || sizeBytes === null) throw new EarshotError('INTERNAL', `Item ${item.index} has no clip`);
    return this.lent.during(sizeBytes, () =>
      withLocalFile(this.store, { workspaceId, sha256 }, (path) => use({ path, sizeBytes }, sha256)),
    );
  }
}
