import { EarshotError } from '@earshot/contracts';
import type { Database } from '../database.js';
import { asLeader } from '../leader.js';
import { sql } from '../sql.js';
import { IndexEntries } from './index-entries.js';
import { alignLibrary, holdLibrary } from './library.js';

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
  collection: string;
  jobId: string | null;
}

/** The index versions of one workspace. */
export class IndexVersions {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /**
   * A version with an entry for each sample. The library is held meanwhile, so that each change of a sample is either in these entries or told
   * to them afterwards.
   */
  async create({ id, embedder, metric, collection, jobId }: NewIndexVersion): Promise<IndexVersionRow> {
    await this.database.transaction(async (client) => {
      await holdLibrary(this.database, client, this.workspaceId);
      await this.database.run(insertStatement, [id, this.workspaceId, embedder, metric, collection, jobId], client);
      await alignLibrary(this.database, client, this.workspaceId);
    });
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

  /** Makes samples and entries right where they differ from the library: a service of an earlier release does not know of them. */
  async align(): Promise<void> {
    await this.database.transaction(async (client) => {
      await holdLibrary(this.database, client, this.workspaceId);
      await alignLibrary(this.database, client, this.workspaceId);
    });
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

  /** Keeps a fitted scaler, unless there is one; returns the one that holds. */
  async fit(id: string, scaler: object): Promise<object> {
    const [row] = await this.database.run<{ scaler: object }>(fitStatement, [id, JSON.stringify(scaler)]);
    return found(row, id).scaler;
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
