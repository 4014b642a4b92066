import type { ModelFile } from '@earshot/sandbox';
import type { BlobStore, LocalFile } from '@earshot/storage';

interface Artifact {
  workspaceId: string;
  sha256: string;
  sizeBytes: number;
}

interface Held {
  local: Promise<LocalFile>;
  sizeBytes: number;
  /** Tasks that use it now. */
  users: number;
}

const mostFiles = 32;
const mostBytes = 1_000_000_000;

/** Artifacts as local files, for the sandbox to read: those that were used last stay, so that a store far away is asked once. */
export class ModelFiles {
  /** The one that was used last stands last. */
  private readonly held = new Map<string, Held>();

  constructor(private readonly store: BlobStore) {}

  /** Lends the artifact as a file while `use` runs. */
  async lend<Result>({ workspaceId, sha256, sizeBytes }: Artifact, use: (file: ModelFile) => Promise<Result>): Promise<Result> {
    const key = `${workspaceId} ${sha256}`;
    const held = this.held.get(key) ?? { local: this.store.localFile({ workspaceId, sha256 }), sizeBytes, users: 0 };
    this.held.delete(key);
    this.held.set(key, held);
    held.users += 1;
    try {
      const { path } = await held.local;
      return await use({ path, sha256, sizeBytes });
    } catch (error) {
      if (this.held.get(key) === held) this.held.delete(key); // it may be the file that is lost: the next task asks for it anew
      throw error;
    } finally {
      held.users -= 1;
      if (held.users === 0 && this.held.get(key) !== held) await release(held);
      await this.dropOldest();
    }
  }

  async close(): Promise<void> {
    const all = [...this.held.values()];
    this.held.clear();
    await Promise.all(all.map(release));
  }

  private async dropOldest(): Promise<void> {
    let totalBytes = 0;
    for (const { sizeBytes } of this.held.values()) totalBytes += sizeBytes;
    for (const [key, held] of this.held) {
      if (this.held.size <= mostFiles && totalBytes <= mostBytes) return;
      if (held.users > 0) continue;
      this.held.delete(key);
      totalBytes -= held.sizeBytes;
      await release(held);
    }
  }
}

async function release({ local }: Held): Promise<void> {
  const file = await local.catch(() => null); // what never came need not be given back
  await file?.release();
}
