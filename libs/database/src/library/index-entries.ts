import { EarshotError } from '@earshot/contracts';
import type { Database } from '../database.js';
import { firstId } from '../first-id.js';
import { sql } from '../sql.js';
import type { SampleRow } from './sample-rows.js';

/** By which the vector of a sample is found, and its bytes where there is none yet. */
export type IndexedSample = Pick<SampleRow, 'sha256' | 'filename'>;

export interface IndexEntryRow {
  clipId: string;
  /** False: it is to be removed from the collection. */
  wanted: boolean;
  /** Of what is here; never the same twice. */
  revision: number;
  /** What the collection has; 0: unknown. */
  appliedRevision: number;
  /** Null: it is not in the library any more. */
  sample: IndexedSample | null;
}

/** Some entries that follow each other. */
export interface EntryChunk {
  /** The clip of the last one. */
  last: string;
  wanted: number;
  /** Of those that are wanted one has no such result. */
  isLacking: boolean;
  /** The blobs in which results lie. */
  packs: string[];
}

export interface IndexCounts {
  /** Samples that should be in the collection, and those of them that are. */
  wanted: number;
  applied: number;
  /** Entries that the collection is yet to follow. */
  due: number;
}

/** What should be in the collection of an index version, and what is. Whoever keeps a collection does what is due, and marks it. */
export class IndexEntries {
  constructor(
    private readonly database: Database,
    private readonly versionId: string,
  ) {}

  /** The `limit` entries after a clip (null: from the first on), in the order of the ids, that are not in the collection as they should be. */
  due(after: string | null, limit: number): Promise<IndexEntryRow[]> {
    return this.page(after, limit, true);
  }

  /** The same, whatever the collection has. */
  all(after: string | null, limit: number): Promise<IndexEntryRow[]> {
    return this.page(after, limit, false);
  }

  /** The next entries after a clip by chunks of `size`, with whether all their samples have a result of so many bytes by a recipe. */
  chunks(after: string | null, { size, recipe, bytes }: { size: number; recipe: string; bytes: number }): Promise<EntryChunk[]> {
    return this.database.run(chunksStatement, [this.versionId, after ?? firstId, size * chunksPerPage, size, recipe, bytes]);
  }

  /** To be left in the collection after what is written to it and before that is marked: greater than all before. */
  async nextMark(): Promise<number> {
    const [row] = await this.database.run<{ mark: number }>(nextMarkStatement, []);
    if (row === undefined) throw new EarshotError('INTERNAL', 'There is no next mark');
    return row.mark;
  }

  /** The collection has these revisions, and the mark. Returns how many were changed meanwhile: they are due again. */
  async markApplied(entries: readonly Pick<IndexEntryRow, 'clipId' | 'revision'>[], mark: number): Promise<number> {
    const columns = [entries.map(({ clipId }) => clipId), entries.map(({ revision }) => revision)];
    const [row] = await this.database.run<{ n: number }>(markStatement, [this.versionId, ...columns, mark]);
    return row?.n ?? 0;
  }

  /** The `limit` clips after one that the collection has; `lacking`: only those whose crowding was not measured. */
  async applied(after: string | null, limit: number, { lacking = false } = {}): Promise<string[]> {
    const rows = await this.database.run<{ clipId: string }>(appliedStatement, [this.versionId, after ?? firstId, limit, lacking]);
    return rows.map(({ clipId }) => clipId);
  }

  async keepCrowding(measured: readonly { clipId: string; crowding: number }[]): Promise<void> {
    const columns = [measured.map(({ clipId }) => clipId), measured.map(({ crowding }) => crowding)];
    await this.database.run(keepCrowdingStatement, [this.versionId, ...columns]);
  }

  /** Of those of the clips whose crowding is known. */
  async crowdingOf(clipIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.run<{ clipId: string; crowding: number }>(crowdingStatement, [this.versionId, clipIds]);
    return new Map(rows.map(({ clipId, crowding }) => [clipId, crowding]));
  }

  async counts(): Promise<IndexCounts> {
    const [row] = await this.database.run<IndexCounts>(countStatement, [this.versionId]);
    return row ?? { wanted: 0, applied: 0, due: 0 };
  }

  /** The collection was lost: all entries are due. */
  async reset(): Promise<void> {
    for (let after: string | undefined = firstId; after !== undefined; ) {
      const rows: { last: string }[] = await this.database.run(resetStatement, [this.versionId, after, entriesPerPage]);
      after = rows[0]?.last;
    }
  }

  private page(after: string | null, limit: number, isDue: boolean): Promise<IndexEntryRow[]> {
    return this.database.run(entriesStatement, [this.versionId, after ?? firstId, limit, isDue]);
  }
}

const entriesPerPage = 5_000;
const chunksPerPage = 80;

const entriesStatement = sql('index-entries');
const chunksStatement = sql('entry-chunks');
const nextMarkStatement = sql('next-mark');
const markStatement = sql('mark-applied');
const countStatement = sql('count-index-entries');
const resetStatement = sql('reset-index-entries');
const appliedStatement = sql('applied-clips');
const keepCrowdingStatement = sql('keep-crowding');
const crowdingStatement = sql('crowding-of-clips');
