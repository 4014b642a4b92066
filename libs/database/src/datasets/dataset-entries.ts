import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import type { Database } from '../database.js';
import { firstId } from '../first-id.js';
import { followLibrary, libraryName } from '../library/library.js';
import { sql } from '../sql.js';
import { type Expected, type HeldDataset, holdDataset, touchDataset } from './held-dataset.js';
import { pagesOf } from './pages-of.js';

/** What is said of a clip. What is left out stays as it is, or is unknown in a new entry; null makes it unknown. */
export interface Change {
  clipId: string;
  label?: string | null;
  group?: string | null;
  fold?: number | null;
}

export interface EntryRow {
  clipId: string;
  label: string | null;
  group: string | null;
  fold: number | null;
  filename: string;
  sha256: string;
  sizeBytes: number;
}

export interface EntryFilter {
  /** Those of a label; null: those without one; all by default. */
  label?: string | null;
  /** Those after this clip, in the order of the ids. */
  after?: string | null;
  limit: number;
}

export interface LabelCount {
  label: string | null;
  clips: number;
}

/** What became of entries that were put: one that was there and has changed, or that was there at all (`known`). */
export interface Put {
  added: number;
  changed: number;
  known: number;
}

/** One page of that, with the clips whose entries are new or have changed. */
export interface PutPage extends Put {
  touched: string[];
}

export const entriesPerPage = 5_000;

export class DatasetEntries {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  put(
    name: string,
    changes: Iterable<Change> | AsyncIterable<Change>,
    { revision, isAdding }: Expected & { isAdding: boolean },
  ): Promise<Put> {
    return this.database.transaction(async (client) => {
      const total: Put = { added: 0, changed: 0, known: 0 };
      let held: HeldDataset | undefined;
      for await (const page of pagesOf(changes, entriesPerPage)) {
        const said = mergedByClip(page);
        // The clips before the dataset: whoever deletes one has it already when he comes to the datasets.
        if (isAdding) await this.holdClips(client, [...said.keys()]);
        held ??= await holdDataset(this.database, client, { workspaceId: this.workspaceId, name, revision });
        const put = await this.putPage(client, held, [...said.values()], isAdding);
        total.added += put.added;
        total.changed += put.changed;
        total.known += put.known;
      }
      held ??= await holdDataset(this.database, client, { workspaceId: this.workspaceId, name, revision });
      if (total.added + total.changed > 0) await touchDataset(this.database, client, held.id);
      return total;
    });
  }

  /** Within a transaction that holds the dataset, and its clips where some are added. */
  async putPage(client: pg.ClientBase, held: HeldDataset, changes: readonly Change[], isAdding: boolean): Promise<PutPage> {
    const values = [
      held.id,
      this.workspaceId,
      changes.map(({ clipId }) => clipId.toLowerCase()),
      changes.map(({ label = null }) => label),
      changes.map(({ group = null }) => group),
      changes.map(({ fold = null }) => fold),
      changes.map(
        ({ label, group, fold }) => `${label === undefined ? '' : 'l'}${group === undefined ? '' : 'g'}${fold === undefined ? '' : 'f'}`,
      ),
      isAdding,
    ];
    const [put = { added: 0, changed: 0, known: 0, touched: [] }] = await this.database.run<PutPage>(putStatement, values, client);
    await this.tellOf(client, held, put.touched);
    return put;
  }

  remove(name: string, clipIds: Iterable<string> | AsyncIterable<string>, { revision }: Expected): Promise<number> {
    return this.database.transaction(async (client) => {
      const held = await holdDataset(this.database, client, { workspaceId: this.workspaceId, name, revision });
      let removed = 0;
      for await (const page of pagesOf(clipIds, entriesPerPage)) {
        removed += await this.removePage(client, held, page);
      }
      if (removed > 0) await touchDataset(this.database, client, held.id);
      return removed;
    });
  }

  /** Within a transaction that holds the dataset. */
  async removePage(client: pg.ClientBase, held: HeldDataset, clipIds: readonly string[]): Promise<number> {
    const gone = await this.database.run<{ clipId: string }>(removeStatement, [held.id, clipIds], client);
    const ids = gone.map(({ clipId }) => clipId);
    await this.tellOf(client, held, ids);
    return ids.length;
  }

  page(datasetId: string, { label, after, limit }: EntryFilter): Promise<EntryRow[]> {
    const values = [datasetId, after ?? firstId, limit];
    return label === undefined ? this.database.run(entriesStatement, values) : this.database.run(ofLabelStatement, [...values, label]);
  }

  labels(datasetId: string): Promise<LabelCount[]> {
    return this.database.run(countLabelsStatement, [datasetId]);
  }

  /** Samples and indexes follow the entries of the library. */
  private async tellOf(client: pg.ClientBase, { name }: HeldDataset, clipIds: readonly string[]): Promise<void> {
    if (name === libraryName) await followLibrary(this.database, client, this.workspaceId, clipIds);
  }

  /** Throws CLIP_NOT_FOUND; those that are there cannot be deleted until the transaction ends. */
  async holdClips(client: pg.ClientBase, clipIds: string[]): Promise<void> {
    const missing = await this.missingOf(client, clipIds);
    if (missing.length > 0) throw new EarshotError('CLIP_NOT_FOUND', `There is no clip ${missing.join(', ')}`);
  }

  /** Holds the clips, and returns some of those that are not there. */
  async missingOf(client: pg.ClientBase, clipIds: string[]): Promise<string[]> {
    const missing = await this.database.run<{ id: string }>(holdClipsStatement, [this.workspaceId, clipIds], client);
    return missing.map(({ id }) => id);
  }
}

/** What several changes say of one clip, as if they came one after the other. */
export function mergedByClip<C extends Change>(changes: readonly C[]): Map<string, C> {
  const said = new Map<string, C>();
  for (const change of changes) {
    const id = change.clipId.toLowerCase();
    said.set(id, { ...said.get(id), ...change });
  }
  return said;
}

const holdClipsStatement = sql('hold-clips');
const putStatement = sql('put-entries');
const removeStatement = sql('remove-entries');
const entriesStatement = sql('entries');
const ofLabelStatement = sql('entries-of-label');
const countLabelsStatement = sql('count-labels');
