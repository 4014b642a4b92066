import { type Database, DerivedRepository, Grouped } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { keepResults, type NewResult } from './new-results.js';

interface Log {
  warn(object: object, message: string): void;
}

interface Kept {
  workspaceId: string;
  results: readonly NewResult[];
}

/** So much is kept together, at most so often. */
const mostInOne = 64;
const pauseMs = 100;

/** With more than this on its way, whoever brings more waits for it. */
const mostPendingBytes = 32_000_000;

/**
 * Keeps results that spare others a computing, and that nobody waits for: those of many tasks in one statement. They are no part of what a
 * task has to bring, so what a process that dies has not kept yet is computed again.
 */
export class LaterResults {
  private readonly grouped: Grouped<Kept, undefined>;
  private readonly pending = new Set<Promise<void>>();
  private pendingBytes = 0;

  constructor(
    private readonly database: Database,
    private readonly store: BlobStore,
    private readonly log: Log,
  ) {
    this.grouped = new Grouped((kept) => this.keepAll(kept), { maxGroup: mostInOne, holdAbove: 0, holdMs: pauseMs });
  }

  /** Resolves at once, unless too much is on its way. */
  async keep(results: readonly NewResult[], workspaceId: string): Promise<void> {
    if (results.length === 0) return;
    const keeping = this.kept({ results, workspaceId });
    this.pending.add(keeping);
    void keeping.finally(() => this.pending.delete(keeping));
    if (this.pendingBytes > mostPendingBytes) await keeping;
  }

  /** All that was brought before is kept, or has failed. */
  async close(): Promise<void> {
    await Promise.all(this.pending);
  }

  private async kept(kept: Kept): Promise<void> {
    const sizeBytes = kept.results.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.pendingBytes += sizeBytes;
    try {
      await this.grouped.submit(kept);
    } catch (error) {
      this.log.warn({ error }, 'Results could not be kept; they are computed again when they are wanted');
    } finally {
      this.pendingBytes -= sizeBytes;
    }
  }

  private async keepAll(kept: Kept[]): Promise<undefined[]> {
    for (const [workspaceId, ofOne] of Map.groupBy(kept, (one) => one.workspaceId)) {
      const results = ofOne.flatMap((one) => one.results);
      await keepResults(results, workspaceId, new DerivedRepository(this.database, workspaceId), this.store);
    }
    return kept.map(() => undefined);
  }
}
