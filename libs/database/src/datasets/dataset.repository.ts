import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { Database } from '../database.js';
import { alignLibrary, libraryName } from '../library/library.js';
import { sql } from '../sql.js';
import { type Change, DatasetEntries, type EntryFilter, type EntryRow, type LabelCount, type Put } from './dataset-entries.js';
import { DatasetUploads, type UploadRequest } from './dataset-uploads.js';
import { DatasetVersions, type MemberRow, type VersionRow } from './dataset-versions.js';
import { type Expected, holdDataset, touchDataset } from './held-dataset.js';

export interface DatasetRow {
  id: string;
  name: string;
  description: string;
  /** Counts its changes. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

/** The datasets of one workspace: clips with labels and groups, and the versions that freezing makes of them. */
export class DatasetRepository {
  private readonly entries: DatasetEntries;
  private readonly frozen: DatasetVersions;
  private readonly uploads: DatasetUploads;

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {
    this.entries = new DatasetEntries(database, workspaceId);
    this.frozen = new DatasetVersions(database, workspaceId);
    this.uploads = new DatasetUploads(database, workspaceId);
  }

  async create({ name, description = '' }: { name: string; description?: string }): Promise<DatasetRow> {
    const data = { id: uuid(), workspaceId: this.workspaceId, name, description };
    const { count } = await this.database.prisma.dataset.createMany({ data, skipDuplicates: true });
    if (count === 0) throw new EarshotError('DATASET_EXISTS', `There is a dataset ${name} already`);
    return this.get(name);
  }

  find(name: string): Promise<DatasetRow | null> {
    const { workspaceId } = this;
    return this.database.prisma.dataset.findUnique({ where: { workspaceId_name: { workspaceId, name } }, omit: { workspaceId: true } });
  }

  async get(name: string): Promise<DatasetRow> {
    const row = await this.find(name);
    if (row === null) throw new EarshotError('DATASET_NOT_FOUND', `There is no dataset ${name}`);
    return row;
  }

  /** By their names, those after `after`. */
  page(after: string | null, limit: number): Promise<DatasetRow[]> {
    return this.database.prisma.dataset.findMany({
      where: { workspaceId: this.workspaceId, ...(after === null ? {} : { name: { gt: after } }) },
      orderBy: { name: 'asc' },
      take: limit,
      omit: { workspaceId: true },
    });
  }

  async update(name: string, { description }: { description: string }, { revision }: Expected = {}): Promise<DatasetRow> {
    await this.database.transaction(async (client) => {
      const { id } = await holdDataset(this.database, client, { workspaceId: this.workspaceId, name, revision });
      await this.database.run(describeStatement, [id, description], client);
      await touchDataset(this.database, client, id);
    });
    return this.get(name);
  }

  /** Removes it with its versions; the clips stay. What models or unfinished jobs go back to is removed by force alone. */
  async delete(name: string, { revision, force = false }: Expected & { force?: boolean } = {}): Promise<void> {
    await this.database.transaction(async (client) => {
      const { id } = await holdDataset(this.database, client, { workspaceId: this.workspaceId, name, revision });
      if (!force) await this.refuseInUse(client, name, id);
      await this.frozen.removeAll(client, id);
      await this.database.run(removeStatement, [id], client);
      if (name === libraryName) await alignLibrary(this.database, client, this.workspaceId);
    });
  }

  /** Adds entries and changes those that are there, all of it or nothing; of a clip that is named twice the later change comes on top. */
  put(name: string, changes: Iterable<Change> | AsyncIterable<Change>, expected: Expected = {}): Promise<Put> {
    return this.entries.put(name, changes, { ...expected, isAdding: true });
  }

  /** Changes entries that are there and adds none. */
  relabel(name: string, changes: Iterable<Change> | AsyncIterable<Change>, expected: Expected = {}): Promise<Put> {
    return this.entries.put(name, changes, { ...expected, isAdding: false });
  }

  /** Takes clips out of the dataset; returns how many were in it. */
  remove(name: string, clipIds: Iterable<string> | AsyncIterable<string>, expected: Expected = {}): Promise<number> {
    return this.entries.remove(name, clipIds, expected);
  }

  /** New clips, their entries and the idempotency key, all of it or nothing; null: the key stands for another request already. */
  upload(name: string, request: UploadRequest): Promise<Put | null> {
    return this.uploads.take(name, request);
  }

  async entryPage(name: string, filter: EntryFilter): Promise<EntryRow[]> {
    return this.entries.page((await this.get(name)).id, filter);
  }

  async labels(name: string): Promise<LabelCount[]> {
    return this.entries.labels((await this.get(name)).id);
  }

  /** Makes a version of the labelled entries as they are now, or returns the one that has the same content. */
  freeze(name: string): Promise<VersionRow> {
    return this.frozen.freeze(name);
  }

  /** The version of that number, the newest by default. */
  async version(name: string, number?: number): Promise<VersionRow> {
    const { id } = await this.get(name);
    const row = await this.frozen.find(id, number);
    if (row !== null) return row;
    const which = number === undefined ? 'any version yet' : `a version ${number}`;
    throw new EarshotError('DATASET_VERSION_NOT_FOUND', `The dataset ${name} does not have ${which}`);
  }

  /** Of whichever dataset. */
  async versionOfId(id: string): Promise<VersionRow> {
    const row = await this.frozen.findById(id);
    if (row === null) throw new EarshotError('DATASET_VERSION_NOT_FOUND', `There is no version ${id} of a dataset`);
    return row;
  }

  /** The newest first, those before the number `before`. */
  async versionPage(name: string, before: number | null, limit: number): Promise<VersionRow[]> {
    return this.frozen.page((await this.get(name)).id, before, limit);
  }

  /** The `limit` members after the index `after` (−1: from the first on), in the order of their indexes. */
  members(versionId: string, after: number, limit: number): Promise<MemberRow[]> {
    return this.frozen.members(versionId, after, limit);
  }

  /** How many clips of a version, apart from lost ones, nothing has been computed of by that recipe. */
  countWithout(versionId: string, recipe: string): Promise<number> {
    return this.frozen.countWithout(versionId, recipe);
  }

  /** Of these groups those that no clip of the version is of. */
  missingGroups(versionId: string, groups: readonly string[]): Promise<string[]> {
    return this.frozen.missingGroups(versionId, groups);
  }

  /** Whether a clip of the version is of that fold. */
  hasFold(versionId: string, fold: number): Promise<boolean> {
    return this.frozen.hasFold(versionId, fold);
  }

  private async refuseInUse(client: pg.ClientBase, name: string, id: string): Promise<void> {
    const users = await this.database.run<{ what: string; name: string }>(usersStatement, [this.workspaceId, id], client);
    if (users.length === 0) return;
    const named = users.map((user) => `${user.what} ${user.name}`).join(', ');
    throw new EarshotError('DATASET_IN_USE', `${named} go back to ${name}; delete with force=true to lose what they were made from`);
  }
}

const usersStatement = sql('dataset-users');
const describeStatement = sql('describe-dataset');
const removeStatement = sql('remove-dataset');
