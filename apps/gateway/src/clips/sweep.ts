import { BlobLedger, type Database, graceSeconds } from '@earshot/database';
import type { Log } from '@earshot/platform';
import { Repeated } from '@earshot/queue';
import type { BlobStore, ListedBlob } from '@earshot/storage';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const refsPerLook = 1_000;

/**
 * Removes bytes that nothing refers to any more, after a grace time in which an upload of the same bytes keeps them. What was
 * stored again meanwhile was touched, and stays too. Any number of gateways may do this at once: each takes other rows.
 */
export class Sweep {
  private readonly ledger: BlobLedger;
  private readonly chores: Repeated[];

  constructor(
    database: Database,
    private readonly store: BlobStore,
    private readonly log: Log,
  ) {
    this.ledger = new BlobLedger(database);
    const complain = (error: unknown) => log.warn({ error }, 'sweeping failed and is tried again');
    this.chores = [
      new Repeated(() => this.sweepUnreferenced(), 10 * minuteMs, complain),
      new Repeated(() => this.sweepStrays(), dayMs, complain),
    ];
  }

  start(): void {
    for (const chore of this.chores) chore.start();
  }

  async close(): Promise<void> {
    await Promise.all(this.chores.map((chore) => chore.stop()));
  }

  /** Bytes whose last clip was deleted, and what uploads that never ended left in the store. */
  async sweepUnreferenced(olderThanSeconds = graceSeconds): Promise<void> {
    const untouchedSince = new Date(Date.now() - olderThanSeconds * 1_000);
    const removed = await this.ledger.sweep(
      async (blob) => (await this.store.remove(blob, { untouchedSince })) || !(await this.store.exists(blob)),
      {
        // not there: a sweep was cut off before it forgot it
        olderThanSeconds,
      },
    );
    const parts = await this.store.sweepParts(untouchedSince);
    if (removed + parts > 0) this.log.info({ removed, parts }, 'swept bytes that nothing referred to');
  }

  /** Bytes that requests stored which failed before they were accepted: the store has them, no row does. */
  async sweepStrays(olderThanMs = dayMs): Promise<void> {
    const untouchedSince = new Date(Date.now() - olderThanMs);
    let page: ListedBlob[] = [];
    let removed = 0;
    const look = async () => {
      for (const stray of await this.ledger.strays(page)) if (await this.store.remove(stray, { untouchedSince })) removed += 1;
      page = [];
    };
    for await (const blob of this.store.list()) {
      if (blob.touchedAt < untouchedSince) page.push(blob);
      if (page.length === refsPerLook) await look();
    }
    await look();
    if (removed > 0) this.log.info({ removed }, 'swept bytes that no row spoke of');
  }
}
