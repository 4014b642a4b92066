import type { Database, Statement } from './database.js';
import { firstId } from './first-id.js';

/** How long bytes without a reference are kept: an upload of the same bytes at that moment still finds them. */
export const graceSeconds = 3_600;

export interface UnreferencedBlob {
  workspaceId: string;
  sha256: string;
  unreferencedAt: Date;
}

interface SweepOptions {
  /** The grace time by default. */
  olderThanSeconds?: number;
  /** Told of each blob that could not be removed; it stays, and is offered again by the next sweep. */
  onError?: (blob: UnreferencedBlob, error: unknown) => void;
}

/** Blobs removed at a time: whoever uploads the bytes of one of them waits meanwhile. */
const blobsPerPage = 32;

/** The bookkeeping of stored bytes, for the sweep; of all workspaces. */
export class BlobLedger {
  constructor(private readonly database: Database) {}

  /**
   * Offers every blob that nothing has referred to since the grace time to `remove`, page by page under the locks of their rows, and
   * forgets those it removed. A reference that comes meanwhile waits for the lock. Returns how many were removed.
   */
  async sweep(
    remove: (blob: UnreferencedBlob) => Promise<boolean>,
    { olderThanSeconds = graceSeconds, onError }: SweepOptions = {},
  ): Promise<number> {
    let removed = 0;
    let page: UnreferencedBlob[] = [];
    do {
      const last = page.at(-1) ?? beforeAll;
      await this.database.transaction(async (client) => {
        const place = [last.unreferencedAt, last.workspaceId, last.sha256];
        page = await this.database.run<UnreferencedBlob>(pageStatement, [olderThanSeconds, ...place, blobsPerPage], client);
        const isGone = await Promise.all(
          page.map((blob) =>
            remove(blob).catch((error: unknown) => {
              onError?.(blob, error);
              return false;
            }),
          ),
        );
        const gone = page.filter((_, i) => isGone[i]);
        const workspaces = gone.map(({ workspaceId }) => workspaceId);
        if (gone.length > 0) await this.database.run(forgetStatement, [workspaces, gone.map(({ sha256 }) => sha256)], client);
        removed += gone.length;
      });
    } while (page.length > 0); // forgetting one may free another, the pack of its results
    return removed;
  }

  /** Those of the stored bytes that no row speaks of: what requests left behind that failed after they had stored it. */
  strays<Ref extends { workspaceId: string; sha256: string }>(refs: readonly Ref[]): Promise<Ref[]> {
    const workspaces = refs.map(({ workspaceId }) => workspaceId);
    const hashes = refs.map(({ sha256 }) => sha256);
    return this.database
      .run<{ n: number }>(straysStatement, [workspaces, hashes])
      .then((rows) => rows.flatMap(({ n }) => refs[n - 1] ?? []));
  }
}

const beforeAll: UnreferencedBlob = { unreferencedAt: new Date(0), workspaceId: firstId, sha256: '' };

const pageStatement: Statement = {
  name: 'unreferenced-blobs',
  text: `
select workspace_id as "workspaceId", sha256, unreferenced_at as "unreferencedAt" from blob
where unreferenced_at < now() - $1 * interval '1 s' and (unreferenced_at, workspace_id, sha256) > ($2, $3, $4) and "references" = 0
order by unreferenced_at, workspace_id, sha256 limit $5 for update skip locked`,
};

// With the bytes of a clip go the results that were computed from them, and their references to packs.
const forgetStatement: Statement = {
  name: 'forget-blobs',
  text: `
with gone as materialized (select * from unnest($1::uuid[], $2::text[]) as g(workspace_id, sha256)),
blobs as (delete from blob b using gone g where b.workspace_id = g.workspace_id and b.sha256 = g.sha256),
results as (delete from derived d using gone g where d.workspace_id = g.workspace_id and d.sha256 = g.sha256 returning d.workspace_id, d.pack_sha256),
packs as (
  select workspace_id, pack_sha256, count(*)::int as n from results where pack_sha256 is not null group by workspace_id, pack_sha256)
update blob b set "references" = b."references" - p.n, unreferenced_at = case when b."references" = p.n then now() end
from packs p where b.workspace_id = p.workspace_id and b.sha256 = p.pack_sha256`,
};

const straysStatement: Statement = {
  name: 'stray-blobs',
  text: `
select n::int as n from unnest($1::uuid[], $2::text[]) with ordinality as s(workspace_id, sha256, n)
where not exists (select from blob b where b.workspace_id = s.workspace_id and b.sha256 = s.sha256) order by n`,
};
