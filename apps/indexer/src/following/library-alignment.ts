import { type Database, type IndexVersionRow, IndexVersions } from '@earshot/database';

const againMs = 3_600_000;

/**
 * Makes the entries of indexes right where they differ from the library, each hour and when a process has its first turn: a gateway of an
 * earlier release, which may be at work beside, tells indexes nothing.
 */
export class LibraryAlignment {
  /** By workspace, the clip after which it goes on; where it is done, from when on it is due again. */
  private readonly places = new Map<string, { after?: string; fromMs: number }>();

  constructor(private readonly database: Database) {}

  async goOn(versions: readonly IndexVersionRow[], untilMs: number): Promise<void> {
    for (const workspaceId of new Set(versions.map((version) => version.workspaceId))) {
      const { after, fromMs } = this.places.get(workspaceId) ?? { fromMs: 0 };
      if (Date.now() < fromMs || Date.now() > untilMs) continue;
      const next = await new IndexVersions(this.database, workspaceId).align({ after, untilMs });
      this.places.set(workspaceId, next === null ? { fromMs: Date.now() + againMs } : { after: next, fromMs: 0 });
    }
  }
}
