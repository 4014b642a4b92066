import { BlobLedger, type Database, graceSeconds } from '@earshot/database';
import type { Log } from '@earshot/platform';
import type { BlobRef, BlobStore, ListedBlob } from '@earshot/storage';

const daySeconds = 24 * 60 * 60;
const refsPerLook = 1_000;

/**
 * Removes bytes that nothing refers to any more, after a grace time in which an upload of the same bytes keeps them. What was
 * stored again meanwhile was touched, and stays too.
 */
export class Sweep {
  private readonly ledger: BlobLedger;

  constructor(
    database: Database,
    private readonly store: BlobStore,
    private readonly log: Log,
  ) {
    this.ledger = new BlobLedger(database);
  }

  /** Bytes whose last clip was deleted, and what uploads that never ended left in the store. */
  async sweepUnreferenced(olderThanSeconds = graceSeconds): Promise<void> {
    const untouchedSince = new Date(Date.now() - olderThanSeconds * 1_000);
    const removed = await this.ledger.sweep(
      // not there: a sweep was cut off before it forgot it
      async (blob) => (await this.store.remove(blob, { untouchedSince })) || !(await this.store.exists(blob)),
      { olderThanSeconds, onError: (blob, error) => this.complain(blob, error) },
    );
    const parts = await this.store.sweepParts(untouchedSince);
    if (removed + parts > 0) this.log.info({ removed, parts }, 'swept bytes that nothing referred to');
  }

  /** Bytes that requests stored which failed before they were accepted: the store has them, no row does. */
  async sweepStrays(olderThanSeconds = daySeconds): Promise<void> {
    const untouchedSince = new Date(Date.now() - olderThanSeconds * 1_000);
    let page: ListedBlob[] = [];
    let removed = 0;
    const look = async () => {
      for (const stray of await this.ledger.strays(page)) if (await this.removeStray(stray, untouchedSince)) removed += 1;
      page = [];
    };
    for await (const blob of this.store.list()) {
      if (blob.touchedAt < untouchedSince) page.push(blob);
      if (page.length === refsPerLook) await look();
    }
    await look();
    if (removed > 0) this.log.info({ removed }, 'swept bytes that no row spoke of');
  }

  private async removeStray(stray: BlobRef, untouchedSince: Date): Promise<boolean> {
    try {
      return await this.store.remove(stray, { untouchedSince });
    } catch (error) {
      this.complain(stray, error);
      return false;
    }
  }

  /** One that cannot be removed keeps no other from being removed. */
  private complain({ workspaceId, sha256 }: BlobRef, error: unknown): void {
    this.log.warn({ error, workspaceId, sha256 }, 'a blob could not be removed; the next sweep tries again');
  }
}
