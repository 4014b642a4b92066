import { createHash } from 'node:crypto';
import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { Database, Statement } from '../database.js';
import { sql } from '../sql.js';
import { type HeldDataset, holdDataset } from './held-dataset.js';

/** An immutable state of a dataset. */
export interface VersionRow {
  id: string;
  datasetId: string;
  number: number;
  /** Of its members: see `memberLine`. */
  hash: string;
  clips: number;
  labels: Record<string, number>;
  /** Of its clips those that have been deleted since. */
  lost: number;
  createdAt: Date;
}

/** One labelled clip of a version. */
export interface MemberRow {
  index: number;
  clipId: string;
  sha256: string;
  filename: string;
  label: string;
  group: string | null;
  fold: number | null;
  /** The clip has been deleted. */
  lost: boolean;
}

type NewMember = Omit<MemberRow, 'index' | 'lost'>;

const membersPerPage = 5_000;

/**
 * What a member adds to the hash of its version: one line of JSON. The members come sorted by these four, byte by byte, so that the order in
 * which clips were added does not matter, nor does their name or their id.
 */
export function memberLine({ sha256, label, group, fold }: Pick<MemberRow, 'sha256' | 'label' | 'group' | 'fold'>): string {
  return `${JSON.stringify([sha256, label, group, fold])}\n`;
}

export class DatasetVersions {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  freeze(name: string): Promise<VersionRow> {
    return this.database.transaction(async (client) => {
      const held = await holdDataset(this.database, client, { workspaceId: this.workspaceId, name, revision: undefined });
      const [unchanged] = await this.database.run<VersionRow>(versionOfRevisionStatement, [held.id, held.revision], client);
      if (unchanged !== undefined) return unchanged;
      await this.database.run(openEntriesStatement, [held.id], client);
      const contents = await this.contents(client);
      if (contents.clips === 0) throw new EarshotError('DATASET_TOO_SMALL', `The dataset ${name} has no clip with a label`);
      const [same] = await this.database.run<VersionRow>(versionOfHashStatement, [held.id, contents.hash], client);
      if (same === undefined) return this.write(client, held, contents);
      return same.lost === 0 ? same : this.regain(client, same);
    });
  }

  find(datasetId: string, number?: number): Promise<VersionRow | null> {
    const which = { datasetId, workspaceId: this.workspaceId, ...(number === undefined ? {} : { number }) };
    return this.database.prisma.datasetVersion.findFirst({ where: which, orderBy: { number: 'desc' } }).then((row) => row && shown(row));
  }

  findById(id: string): Promise<VersionRow | null> {
    return this.database.prisma.datasetVersion.findFirst({ where: { id, workspaceId: this.workspaceId } }).then((row) => row && shown(row));
  }

  async page(datasetId: string, before: number | null, limit: number): Promise<VersionRow[]> {
    const rows = await this.database.prisma.datasetVersion.findMany({
      where: { datasetId, ...(before === null ? {} : { number: { lt: before } }) },
      orderBy: { number: 'desc' },
      take: limit,
    });
    return rows.map(shown);
  }

  members(versionId: string, after: number, limit: number): Promise<MemberRow[]> {
    return this.database.run(membersStatement, [versionId, after, limit, this.workspaceId]);
  }

  async countWithout(versionId: string, recipe: string): Promise<number> {
    const [row] = await this.database.run<{ n: number }>(countWithoutStatement, [this.workspaceId, versionId, recipe]);
    return row?.n ?? 0;
  }

  async missingGroups(versionId: string, groups: readonly string[]): Promise<string[]> {
    const rows = await this.database.run<{ group: string }>(missingGroupsStatement, [this.workspaceId, versionId, groups]);
    return rows.map(({ group }) => group);
  }

  async hasFold(versionId: string, fold: number): Promise<boolean> {
    const [row] = await this.database.run<{ found: boolean }>(hasFoldStatement, [this.workspaceId, versionId, fold]);
    return row?.found === true;
  }

  /** With their members, page by page. */
  async removeAll(client: pg.ClientBase, datasetId: string): Promise<void> {
    const versions = await this.database.run<{ id: string; clips: number }>(removeVersionsStatement, [datasetId], client);
    for (const { id, clips } of versions)
      for (let upTo = membersPerPage; upTo < clips + membersPerPage; upTo += membersPerPage)
        await this.database.run(removeMembersStatement, [id, upTo], client);
  }

  private async contents(client: pg.ClientBase): Promise<Contents> {
    const hash = createHash('sha256');
    const labels = new Map<string, number>();
    let clips = 0;
    for await (const page of this.pages(client)) {
      clips += page.length;
      for (const member of page) {
        hash.update(memberLine(member));
        labels.set(member.label, (labels.get(member.label) ?? 0) + 1);
      }
    }
    return { hash: hash.digest('hex'), clips, labels: Object.fromEntries([...labels].sort(([a], [b]) => (a < b ? -1 : 1))) };
  }

  private async write(client: pg.ClientBase, { id: datasetId, revision }: HeldDataset, contents: Contents): Promise<VersionRow> {
    const id = uuid();
    const { hash, clips, labels } = contents;
    await this.database.run(rewindStatement, [], client);
    let first = 0;
    for await (const page of this.pages(client)) {
      const columns = [
        page.map(({ clipId }) => clipId),
        page.map(({ sha256 }) => sha256),
        page.map(({ filename }) => filename),
        page.map(({ label }) => label),
        page.map(({ group }) => group),
        page.map(({ fold }) => fold),
      ];
      await this.database.run(insertMembersStatement, [id, this.workspaceId, first, ...columns], client);
      first += page.length;
    }
    const values = [id, this.workspaceId, datasetId, revision, hash, clips, JSON.stringify(labels)];
    const [row] = await this.database.run<VersionRow>(insertVersionStatement, values, client);
    if (row === undefined) throw new EarshotError('INTERNAL', `The version ${id} was not written`);
    return row;
  }

  /** Clips that the version has lost came back as others of the same content: it has these now, in the same order. */
  private async regain(client: pg.ClientBase, { id }: VersionRow): Promise<VersionRow> {
    await this.database.run(rewindStatement, [], client);
    let first = 0;
    for await (const page of this.pages(client)) {
      const columns = [page.map(({ clipId }) => clipId), page.map(({ filename }) => filename)];
      await this.database.run(renewMembersStatement, [id, first, ...columns], client);
      first += page.length;
    }
    const [row] = await this.database.run<VersionRow>(regainClipsStatement, [id], client);
    if (row === undefined) throw new EarshotError('INTERNAL', `The version ${id} is gone although its dataset is held`);
    return row;
  }

  private async *pages(client: pg.ClientBase): AsyncGenerator<NewMember[]> {
    for (;;) {
      const page = await this.database.run<NewMember>(fetchStatement, [], client);
      if (page.length > 0) yield page;
      if (page.length < membersPerPage) return;
    }
  }
}

interface Contents {
  hash: string;
  clips: number;
  labels: Record<string, number>;
}

function shown({
  id,
  datasetId,
  number,
  hash,
  clips,
  labels,
  lost,
  createdAt,
}: Omit<VersionRow, 'labels'> & { labels: unknown }): VersionRow {
  return { id, datasetId, number, hash, clips, labels: Object.fromEntries(Object.entries(Object(labels))), lost, createdAt };
}

// Sorted once and read twice: for the hash, and if no version has it for the rows.
const openEntriesStatement: Statement = {
  name: 'open-entries',
  text: `
declare labelled scroll cursor for
select e.clip_id as "clipId", c.sha256, c.filename, e.label, e."group", e.fold
from dataset_entry e join clip c on c.id = e.clip_id where e.dataset_id = $1 and e.label is not null
order by c.sha256 collate "C", e.label collate "C", e."group" collate "C" nulls first, e.fold nulls first, e.clip_id`,
};
const fetchStatement: Statement = { name: 'fetch-entries', text: `fetch forward ${membersPerPage} from labelled` };
const rewindStatement: Statement = { name: 'rewind-entries', text: 'move absolute 0 in labelled' };

const versionOfRevisionStatement = sql('version-of-revision');
const versionOfHashStatement = sql('version-of-hash');
const insertMembersStatement = sql('insert-members');
const insertVersionStatement = sql('insert-version');
const renewMembersStatement = sql('renew-members');
const regainClipsStatement = sql('regain-clips');
const membersStatement = sql('members');
const countWithoutStatement = sql('count-members-without');
const missingGroupsStatement = sql('missing-groups');
const hasFoldStatement = sql('has-fold');
const removeVersionsStatement = sql('remove-versions');
const removeMembersStatement = sql('remove-members');
