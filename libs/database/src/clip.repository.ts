import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import type { Database, Statement } from './database.js';
import { followLibrary, libraryName } from './library/library.js';
import { type PredictionPage, type PredictionPlace, predictionsOfClip } from './predictions-of-clip.js';
import { sql } from './sql.js';

export interface ClipRow {
  id: string;
  sha256: string;
  filename: string;
  sizeBytes: number;
  createdAt: Date;
}

/** The clips of one workspace. They are written by the Acceptor, together with the work that was asked for. */
export class ClipRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /** Throws CLIP_NOT_FOUND for one that never was, is another workspace's, or was deleted. */
  async get(id: string): Promise<ClipRow> {
    const row = await this.database.prisma.clip.findFirst({ where: { id, workspaceId: this.workspaceId, deletedAt: null } });
    if (row === null) throw new EarshotError('CLIP_NOT_FOUND', `There is no clip ${id}`);
    return { id, sha256: row.sha256, filename: row.filename, sizeBytes: Number(row.sizeBytes), createdAt: row.createdAt };
  }

  /** Newest first, those older than `before`. */
  async page(before: string | null, limit: number): Promise<ClipRow[]> {
    const rows = await this.database.prisma.clip.findMany({
      where: { workspaceId: this.workspaceId, deletedAt: null, ...(before === null ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
    return rows.map(({ id, sha256, filename, sizeBytes, createdAt }) => ({
      id,
      sha256,
      filename,
      sizeBytes: Number(sizeBytes),
      createdAt,
    }));
  }

  /** What was predicted about a clip that is there, before one of these predictions; the newest by default. */
  async predictions(id: string, { before = null, limit }: { before?: PredictionPlace | null; limit: number }): Promise<PredictionPage> {
    await this.get(id);
    return predictionsOfClip(this.database, { workspaceId: this.workspaceId, clipId: id, before, limit });
  }

  /** Of those that are there the size of their bytes. */
  async sizes(ids: string[]): Promise<Map<string, number>> {
    const rows = await this.database.prisma.clip.findMany({
      where: { id: { in: ids }, workspaceId: this.workspaceId, deletedAt: null },
      select: { id: true, sizeBytes: true },
    });
    return new Map(rows.map(({ id, sizeBytes }) => [id, Number(sizeBytes)]));
  }

  /**
   * Makes the clip a tombstone and gives back its reference to the bytes. While work on it has not ended, or a version of a dataset holds
   * it, this is refused with CLIP_IN_USE; with `force` the items in question fail with CLIP_DELETED, and the versions say that they lost it.
   */
  async delete(id: string, { force }: { force: boolean }): Promise<void> {
    await this.get(id);
    await this.database.transaction(async (client) => {
      const users = await this.database.run<{ jobId: string }>(usersStatement, [id], client);
      if (users.length > 0 && !force) {
        const jobIds = users.map(({ jobId }) => jobId);
        throw new EarshotError(
          'CLIP_IN_USE',
          `${jobIds.length} unfinished jobs use the clip, among them ${jobIds.slice(0, 5).join(', ')}; delete with force=true to fail their items`,
        );
      }
      if (users.length > 0) await this.database.run(failItemsStatement, [id, users.map(({ jobId }) => jobId)], client);
      await this.database.run(buryStatement, [id, this.workspaceId], client);
      await this.leaveDatasets(client, id, force);
    });
  }

  /** After the clip is buried, so that no dataset takes it any more: one that has it is held, so that none freezes it meanwhile. */
  private async leaveDatasets(client: pg.ClientBase, id: string, force: boolean): Promise<void> {
    const datasets = await this.database.run<{ name: string }>(holdDatasetsStatement, [id], client);
    const versions = await this.database.run<{ name: string; number: number }>(versionsStatement, [id], client);
    if (versions.length > 0 && !force) {
      const named = versions.map(({ name, number }) => `${name} ${number}`).join(', ');
      throw new EarshotError('CLIP_IN_USE', `Versions of datasets hold the clip: ${named}; delete with force=true to let them lose it`);
    }
    await this.database.run(loseStatement, [id], client);
    if (datasets.some(({ name }) => name === libraryName)) await followLibrary(this.database, client, this.workspaceId, [id]);
  }
}

const holdDatasetsStatement = sql('hold-datasets-of-clip');
const versionsStatement = sql('versions-of-clip');
const loseStatement = sql('lose-clip');

const usersStatement: Statement = {
  name: 'clip-users',
  text: `
select distinct i.job_id as "jobId" from item i join job j on j.id = i.job_id
where i.clip_id = $1 and i.state = 'pending' and j.finished_at is null order by 1`,
};

const failItemsStatement: Statement = {
  name: 'fail-deleted-items',
  text: `
with jobs as materialized (select id from job where id = any($2::uuid[]) and finished_at is null order by id for update),
failed as (
  update item i set state = 'failed', error = '{"code": "CLIP_DELETED", "detail": "The clip was deleted while the job ran"}'
  from jobs j where i.job_id = j.id and i.clip_id = $1 and i.state = 'pending' returning i.job_id)
update job j set failed = j.failed + f.n from (select job_id, count(*)::int as n from failed group by job_id) f where j.id = f.job_id`,
};

const buryStatement: Statement = {
  name: 'bury-clip',
  text: `
with buried as (update clip set deleted_at = now() where id = $1 and workspace_id = $2 and deleted_at is null returning sha256)
update blob b set "references" = b."references" - 1, unreferenced_at = case when b."references" = 1 then now() end
from buried c where b.workspace_id = $2 and b.sha256 = c.sha256`,
};
