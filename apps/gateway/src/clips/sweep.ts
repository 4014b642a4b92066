import { BlobLedger, ChoreRepository, type Database, graceSeconds } from '@earshot/database';
import type { Log } from '@earshot/platform';
import { Repeated } from '@earshot/queue';
import type { BlobRef, BlobStore, ListedBlob } from '@earshot/storage';

const minuteMs = 60_000;
const daySeconds = 24 * 60 * 60;
const refsPerLook = 1_000;

/** The store is listed once a day for all gateways together, and after half an hour again when that failed. */
const listing = { name: 'blobs.strays', pauseSeconds: daySeconds, afterFailureSeconds: 1_800 };

/**
 * Removes bytes that nothing refers to any more, after a grace time in which an upload of the same bytes keeps them. What was
 * stored again meanwhile was touched, and stays too. Any number of gateways may do this at once: each takes other rows.
 */
export class Sweep {
  private readonly ledger: BlobLedger;
  private readonly turns: ChoreRepository;
  private readonly chores: Repeated[];

  constructor(
    database: Database,
    private readonly store: BlobStore,
    private readonly log: Log,
  ) {
    this.ledger = new BlobLedger(database);
    this.turns = new ChoreRepository(database);
    const complain = (error: unknown) => log.warn({ error }, 'sweeping failed and is tried again');
    this.chores = [
      new Repeated(() => this.sweepUnreferenced(), 10 * minuteMs, complain),
      new Repeated(() => this.sweepStraysInTurn(), 10 * minuteMs, complain),
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
      // not there: a sweep was cut off before it forgot it
      async (blob) => (await this.store.remove(blob, { untouchedSince })) || !(await this.store.exists(blob)),
      { olderThanSeconds, onError: (blob, error) => this.complain(blob, error) },
    );
    const parts = await this.store.sweepParts(untouchedSince);
    if (removed + parts > 0) this.log.info({ removed, parts }, 'swept bytes that nothing referred to');
  }

  /** When it is this gateway's turn. */
  async sweepStraysInTurn(): Promise<void> {
    const { name, pauseSeconds, afterFailureSeconds } = listing;
    if (!(await this.turns.takeTurn(name, pauseSeconds))) return;
    try {
      await this.sweepStrays();
    } catch (error) {
      await this.turns.tryAgain(name, afterFailureSeconds);
      throw error;
    }
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
