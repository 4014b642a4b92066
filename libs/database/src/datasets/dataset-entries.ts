import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import type { Database } from '../database.js';
import { sql } from '../sql.js';
import { type Expected, holdDataset, touchDataset } from './held-dataset.js';
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

const entriesPerPage = 5_000;

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
      let id: string | undefined;
      for await (const page of pagesOf(changes, entriesPerPage)) {
        const said = mergedByClip(page);
        // The clips before the dataset: whoever deletes one has it already when he comes to the datasets.
        if (isAdding) await this.holdClips(client, [...said.keys()]);
        id ??= (await holdDataset(this.database, client, { workspaceId: this.workspaceId, name, revision })).id;
        const put = await this.putPage(client, id, [...said.values()], isAdding);
        total.added += put.added;
        total.changed += put.changed;
        total.known += put.known;
      }
      id ??= (await holdDataset(this.database, client, { workspaceId: this.workspaceId, name, revision })).id;
      if (total.added + total.changed > 0) await touchDataset(this.database, client, id);
      return total;
    });
  }

  /** Within a transaction that holds the dataset, and its clips where some are added. */
  async putPage(client: pg.ClientBase, datasetId: string, changes: readonly Change[], isAdding: boolean): Promise<Put> {
    const values = [
      datasetId,
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
    const [put] = await this.database.run<Put>(putStatement, values, client);
    return put ?? { added: 0, changed: 0, known: 0 };
  }

  remove(name: string, clipIds: Iterable<string> | AsyncIterable<string>, { revision }: Expected): Promise<number> {
    return this.database.transaction(async (client) => {
      const { id } = await holdDataset(this.database, client, { workspaceId: this.workspaceId, name, revision });
      let removed = 0;
      for await (const page of pagesOf(clipIds, entriesPerPage)) {
        const [row] = await this.database.run<{ n: number }>(removeStatement, [id, page], client);
        removed += row?.n ?? 0;
      }
      if (removed > 0) await touchDataset(this.database, client, id);
      return removed;
    });
  }

  page(datasetId: string, { label, after, limit }: EntryFilter): Promise<EntryRow[]> {
    const values = [datasetId, after ?? firstId, limit];
    return label === undefined ? this.database.run(entriesStatement, values) : this.database.run(ofLabelStatement, [...values, label]);
  }

  labels(datasetId: string): Promise<LabelCount[]> {
    return this.database.run(countLabelsStatement, [datasetId]);
  }

  private async holdClips(client: pg.ClientBase, clipIds: string[]): Promise<void> {
    const missing = await this.database.run<{ id: string }>(holdClipsStatement, [this.workspaceId, clipIds], client);
    if (missing.length > 0) throw new EarshotError('CLIP_NOT_FOUND', `There is no clip ${missing.map(({ id }) => id).join(', ')}`);
  }
}

/** What several changes say of one clip, as if they came one after the other. */
function mergedByClip(changes: readonly Change[]): Map<string, Change> {
  const said = new Map<string, Change>();
  for (const change of changes) {
    const id = change.clipId.toLowerCase();
    said.set(id, { ...said.get(id), ...change });
  }
  return said;
}

const firstId = '00000000-0000-0000-0000-000000000000';

const holdClipsStatement = sql('hold-clips');
const putStatement = sql('put-entries');
const removeStatement = sql('remove-entries');
const entriesStatement = sql('entries');
const ofLabelStatement = sql('entries-of-label');
const countLabelsStatement = sql('count-labels');
