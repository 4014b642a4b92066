import { EarshotError } from '@earshot/contracts';
import type { Database } from '../database.js';
import { asLeader } from '../leader.js';
import { sql } from '../sql.js';
import { IndexEntries } from './index-entries.js';
import { alignPage, holdLibrary } from './library.js';

/** A collection of vectors of the library, made by one embedder. */
export interface IndexVersionRow {
  id: string;
  workspaceId: string;
  embedder: string;
  number: number;
  metric: string;
  /** Fitted on the library; null: not yet, or the embedder needs none. */
  scaler: object | null;
  /** Its name at the vector store. */
  collection: string;
  /** The greatest that was left in it; 0: none yet. */
  mark: number;
  /** The mark as of which the crowding of all its entries was measured; -1: none. */
  crowdingMark: number;
  jobId: string | null;
  /** What its verification found. */
  report: object | null;
  createdAt: Date;
  /** `live`: the alias `live` of `index:EMBEDDER` points at it. `retired`: changes of samples are not followed any more. */
  state: 'building' | 'live' | 'retired';
  /** It is not asked, and nobody is building it any more: it may be retired. */
  abandoned: boolean;
}

export interface NewIndexVersion {
  /** Chosen by whoever makes it: with the same id again nothing new is made. */
  id: string;
  embedder: string;
  metric: string;
  jobId: string | null;
}

/** Its name says whose it is: other installations may have collections in the same Chroma. */
const collectionOf = (workspaceId: string, id: string): string => `${workspaceId}-${id}`;

/** The index versions of one workspace. */
export class IndexVersions {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /**
   * A version with an entry for each sample. Whoever changes samples tells it from the moment at which its row is there; what was there
   * before is told page by page. With the same id again it is gone on with.
   */
  async create({ id, embedder, metric, jobId }: NewIndexVersion): Promise<IndexVersionRow> {
    await this.database.transaction(async (client) => {
      await holdLibrary(this.database, client, this.workspaceId);
      await this.database.run(insertStatement, [id, this.workspaceId, embedder, metric, collectionOf(this.workspaceId, id), jobId], client);
    });
    await this.align();
    return this.get(id);
  }

  /** By embedder and number. */
  list(): Promise<IndexVersionRow[]> {
    return this.database.run(versionsStatement, [this.workspaceId, null]);
  }

  async get(id: string): Promise<IndexVersionRow> {
    const [row] = await this.database.run<IndexVersionRow>(versionsStatement, [this.workspaceId, id]);
    if (row === undefined) throw new EarshotError('INDEX_VERSION_NOT_FOUND', `There is no version ${id} of an index`);
    return row;
  }

  /** The one of the embedder that is asked, if any. */
  async live(embedder: string): Promise<IndexVersionRow | null> {
    return (await this.list()).find((version) => version.embedder === embedder && version.state === 'live') ?? null;
  }

  entriesOf(id: string): IndexEntries {
    return new IndexEntries(this.database, id);
  }

  /**
   * Makes samples and entries right where they differ from the library: for a version that is new, and for what a service of an earlier
   * release did, which knows nothing of them. The library is held for a page at a time. Ends after the moment `untilMs`, and returns the
   * clip after which it goes on another time; null: there are no more.
   */
  async align({ after, untilMs = Number.POSITIVE_INFINITY }: { after?: string; untilMs?: number } = {}): Promise<string | null> {
    for (let last = after; ; ) {
      const next = await this.database.transaction(async (client) => {
        await holdLibrary(this.database, client, this.workspaceId);
        return alignPage(this.database, client, this.workspaceId, last);
      });
      if (next === undefined) return null;
      if (Date.now() > untilMs) return next;
      last = next;
    }
  }
}

/** The index versions of all workspaces, for those who keep their collections. */
export class IndexUpkeep {
  constructor(private readonly database: Database) {}

  /** One process at a time has the turn. False: another has it. */
  asLeader(work: () => Promise<void>): Promise<boolean> {
    return asLeader(this.database, upkeepLock, work);
  }

  /** Those that are retired among them, until they are forgotten: each has a collection. */
  list(): Promise<IndexVersionRow[]> {
    return this.database.run(versionsStatement, [null, null]);
  }

  /** Of the names of collections those that belong to a workspace of this database. */
  async ours(names: readonly string[]): Promise<string[]> {
    const workspaces = await this.database.prisma.workspace.findMany({ select: { id: true } });
    return names.filter((name) => workspaces.some(({ id }) => name.startsWith(collectionOf(id, ''))));
  }

  /** Keeps a fitted scaler, unless there is one; returns the one that holds. */
  async fit(id: string, scaler: object): Promise<object> {
    const [row] = await this.database.run<{ scaler: object }>(fitStatement, [id, JSON.stringify(scaler)]);
    return found(row, id).scaler;
  }

  /** The crowding of all its entries was measured when its collection had this mark. */
  async keepCrowdingMark(id: string, mark: number): Promise<void> {
    await this.database.prisma.indexVersion.updateMany({ where: { id }, data: { crowdingMark: mark } });
  }

  async report(id: string, report: object): Promise<void> {
    found((await this.database.run(reportStatement, [id, JSON.stringify(report)]))[0], id);
  }

  /** From now on changes are not followed; false: it is the one that is asked, and stays. */
  async retire({ id, workspaceId }: Pick<IndexVersionRow, 'id' | 'workspaceId'>): Promise<boolean> {
    return this.database.transaction(async (client) => {
      await holdLibrary(this.database, client, workspaceId);
      return (await this.database.run(retireStatement, [id], client)).length > 0;
    });
  }

  /** Removes a retired version with its entries; its collection is gone. */
  async forget(id: string): Promise<void> {
    for (let removed = entriesPerPage; removed === entriesPerPage; ) {
      const [row] = await this.database.run<{ n: number }>(forgetEntriesStatement, [id, entriesPerPage]);
      removed = row?.n ?? 0;
    }
    await this.database.run(forgetStatement, [id]);
  }
}

function found<Row>(row: Row | undefined, id: string): Row {
  if (row === undefined) throw new EarshotError('INDEX_VERSION_NOT_FOUND', `There is no version ${id} of an index`);
  return row;
}

const upkeepLock = 7_270_814_236;
const entriesPerPage = 5_000;

const insertStatement = sql('insert-index-version');
const versionsStatement = sql('index-versions');
const fitStatement = sql('fit-index-version');
const reportStatement = sql('report-index-version');
const retireStatement = sql('retire-index-version');
const forgetEntriesStatement = sql('forget-index-entries');
const forgetStatement = sql('forget-index-version');
