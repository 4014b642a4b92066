import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import type { Database } from '../database.js';
import { DatasetEntries, entriesPerPage, mergedByClip, type Put } from '../datasets/dataset-entries.js';
import { type HeldDataset, touchDataset } from '../datasets/held-dataset.js';
import { pagesOf } from '../datasets/pages-of.js';
import { firstId } from '../first-id.js';
import { type Acceptance, type AcceptRequest, acceptWithin } from '../hot/accept.js';
import { sql } from '../sql.js';
import { followLibrary, holdLibrary, libraryName } from './library.js';
import { type SampleChange, type SampleFilter, type SampleRow, type SampleStats, sampleFieldsOf } from './sample-rows.js';

type Said = Omit<SampleChange, 'clipId'>;

/** Files that were stored, perhaps with a job over them and the key of the request. */
export type SampleUpload = Omit<AcceptRequest, 'workspaceId'>;

/** The samples of one workspace: the entries of its dataset `library`, with more that is said of each. */
export class SampleRepository {
  private readonly entries: DatasetEntries;

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {
    this.entries = new DatasetEntries(database, workspaceId);
  }

  /** Adds stored clips and changes those that are there, all of it or nothing; of a clip that is named twice the later change comes on top. */
  put(changes: Iterable<SampleChange> | AsyncIterable<SampleChange>): Promise<Put> {
    return this.database.transaction(async (client) => {
      const total: Put = { added: 0, changed: 0, known: 0 };
      for await (const page of pagesOf(changes, entriesPerPage)) {
        const said = mergedByClip(page);
        // The clips before the library: whoever deletes one has it already when he comes to the datasets.
        await this.entries.holdClips(client, [...said.keys()]);
        const put = await this.putPage(client, await holdLibrary(this.database, client, this.workspaceId), said, true);
        total.added += put.added;
        total.changed += put.changed;
        total.known += put.known;
      }
      return total;
    });
  }

  /**
   * New clips as samples, of each of which something is said, with their job and the idempotency key, all of it or nothing. The same bytes are
   * one sample: a clip whose bytes are in the library already is not made, the sample takes its place in the job.
   */
  async upload(request: SampleUpload, said: readonly Said[]): Promise<Acceptance> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.uploadOnce(request, said);
      } catch (error) {
        if (!(error instanceof LostRace) || attempt === mostAttempts) throw error;
      }
    }
  }

  /** Changes one; with another `revision` than the expected this is PRECONDITION_FAILED. Throws SAMPLE_NOT_FOUND. */
  async change(clipId: string, change: Omit<SampleChange, 'clipId'>, { revision }: { revision?: number } = {}): Promise<SampleRow> {
    return this.database.transaction(async (client) => {
      const library = await holdLibrary(this.database, client, this.workspaceId);
      await this.expect(client, clipId, revision);
      await this.putPage(client, library, new Map([[clipId, { ...change, clipId }]]), false);
      return this.get(clipId, client);
    });
  }

  /** Takes one out of the library; the clip stays. */
  async remove(clipId: string, { revision }: { revision?: number } = {}): Promise<void> {
    await this.database.transaction(async (client) => {
      const library = await holdLibrary(this.database, client, this.workspaceId);
      await this.expect(client, clipId, revision);
      await this.entries.removePage(client, library, [clipId]);
      await touchDataset(this.database, client, library.id);
    });
  }

  async get(clipId: string, client?: pg.ClientBase): Promise<SampleRow> {
    const [row] = await this.ofClips([clipId], client);
    if (row === undefined) throw new EarshotError('SAMPLE_NOT_FOUND', `The library has no clip ${clipId}`);
    return row;
  }

  /** Those of the clips that are in the library, in the order of their ids. */
  ofClips(clipIds: readonly string[], client?: pg.ClientBase): Promise<SampleRow[]> {
    return this.database.run(ofClipsStatement, [this.workspaceId, libraryName, clipIds], client);
  }

  /** Of some hashes a clip of the library that has these bytes, the first one that was added. */
  async ofBytes(sha256s: readonly string[], client?: pg.ClientBase): Promise<Map<string, string>> {
    const rows = await this.database.run<{ sha256: string; clipId: string }>(
      ofBytesStatement,
      [this.workspaceId, libraryName, sha256s],
      client,
    );
    return new Map(rows.map(({ sha256, clipId }) => [sha256, clipId]));
  }

  async stats(): Promise<SampleStats> {
    const [row] = await this.database.run<SampleStats>(statsStatement, [this.workspaceId, libraryName, mostWords]);
    if (row === undefined) throw new EarshotError('INTERNAL', 'The library was not counted');
    return row;
  }

  /** The `limit` samples after a clip, in the order of their ids. */
  page(filter: SampleFilter, after: string | null, limit: number): Promise<SampleRow[]> {
    return this.database.run(pageStatement, this.pageValues(filter, after, limit));
  }

  /** The same by their ids alone: rows may hold much that is said of them. */
  async ids(filter: SampleFilter, after: string | null, limit: number): Promise<string[]> {
    const rows = await this.database.run<{ clipId: string }>(idsStatement, this.pageValues(filter, after, limit));
    return rows.map(({ clipId }) => clipId);
  }

  private pageValues(filter: SampleFilter, after: string | null, limit: number): unknown[] {
    const { genre = null, tags = null, licence = null, author = null, text = null, minSeconds = null, maxSeconds = null } = filter;
    const asked = [genre, tags, licence, author, text, minSeconds, maxSeconds, filter.sha256 ?? null, filter.clipIds ?? null];
    return [this.workspaceId, libraryName, after ?? firstId, limit, ...asked];
  }

  private async uploadOnce({ clips, job, ...request }: SampleUpload, said: readonly Said[]): Promise<Acceptance> {
    const byBytes = await this.ofBytes(clips.map(({ sha256 }) => sha256));
    const known = new Set(byBytes.values());
    const clipIds = clips.map(({ id, sha256 }) => {
      const first = byBytes.get(sha256) ?? id;
      byBytes.set(sha256, first);
      return first;
    });
    const made = clips.filter(({ id }, i) => clipIds[i] === id);
    return this.database.transaction(async (client) => {
      // The bytes and the clips before the library: whoever deletes one has these already when he comes to the datasets.
      const items = clipIds.map((clipId) => ({ clipId, customId: null }));
      const accepted = { ...request, workspaceId: this.workspaceId, clips: made, job: job && { ...job, items } };
      const acceptance = await acceptWithin(this.database, client, accepted);
      if (!acceptance.accepted) return acceptance;
      if ((await this.entries.missingOf(client, [...known])).length > 0) throw new LostRace('A sample was deleted since it was looked up');
      const library = await holdLibrary(this.database, client, this.workspaceId);
      const twins = await this.ofBytes(
        made.map(({ sha256 }) => sha256),
        client,
      );
      if (twins.size > 0) throw new LostRace('A sample of the same bytes was added since they were looked up');
      const changes = clipIds.map((clipId, i) => ({ clipId, ...said[i] }));
      await this.putPage(client, library, mergedByClip(changes), true);
      return acceptance;
    });
  }

  /** Within a transaction that holds the library, and its clips where some are added. */
  private async putPage(client: pg.ClientBase, library: HeldDataset, said: Map<string, SampleChange>, isAdding: boolean): Promise<Put> {
    const { touched, added, changed, known } = await this.entries.putPage(client, library, [...said.values()], isAdding);
    const documents = [...said].map(([clipId, change]) => ({ clipId, said: sampleFieldsOf(change) }));
    const rows = await this.database.run<{ clipId: string }>(putStatement, [this.workspaceId, JSON.stringify(documents)], client);
    const told = new Set(touched);
    const further = rows.map(({ clipId }) => clipId).filter((clipId) => !told.has(clipId));
    await followLibrary(this.database, client, this.workspaceId, further);
    if (touched.length > 0) await touchDataset(this.database, client, library.id);
    return { added, changed: changed + further.length, known };
  }

  private async expect(client: pg.ClientBase, clipId: string, revision: number | undefined): Promise<void> {
    const { revision: current } = await this.get(clipId, client);
    if (revision !== undefined && revision !== current)
      throw new EarshotError('PRECONDITION_FAILED', `The sample ${clipId} has been changed: its revision is ${current}, not ${revision}`);
  }
}

/** What was looked up is not so any more. */
class LostRace extends Error {}

const mostAttempts = 5;

/** How many of the most frequent tags, licences and authors are counted. */
const mostWords = 100;

const putStatement = sql('put-samples');
const pageStatement = sql('samples');
const idsStatement = sql('sample-ids');
const ofClipsStatement = sql('samples-of-clips');
const ofBytesStatement = sql('samples-of-bytes');
const statsStatement = sql('sample-stats');
