import type { Database, Statement } from './database.js';

/** How long bytes without a reference are kept: an upload of the same bytes at that moment still finds them. */
export const graceSeconds = 3_600;

export interface UnreferencedBlob {
  workspaceId: string;
  sha256: string;
  unreferencedAt: Date;
}

/** The bookkeeping of stored bytes, for the sweep; of all workspaces. */
export class BlobLedger {
  constructor(private readonly database: Database) {}

  /**
   * Offers one blob after the other that nothing has referred to since the grace time to `remove`, under the lock of its row, and
   * forgets those it removed. A reference that comes meanwhile waits for the lock. Answers how many were removed.
   */
  async sweep(remove: (blob: UnreferencedBlob) => Promise<boolean>, { olderThanSeconds = graceSeconds } = {}): Promise<number> {
    let removed = 0;
    let after = new Date(0);
    for (;;) {
      const next = await this.database.transaction(async (client) => {
        const [blob] = await this.database.run<UnreferencedBlob>(nextStatement, [olderThanSeconds, after], client);
        if (blob === undefined) return null;
        const gone = await remove(blob);
        if (gone) await this.database.run(forgetStatement, [blob.workspaceId, blob.sha256], client);
        return { blob, gone };
      });
      if (next === null) return removed;
      if (next.gone) removed += 1;
      else after = next.blob.unreferencedAt;
    }
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

const nextStatement: Statement = {
  name: 'next-unreferenced',
  text: `
select workspace_id as "workspaceId", sha256, unreferenced_at as "unreferencedAt" from blob
where unreferenced_at < now() - $1 * interval '1 s' and unreferenced_at > $2 and "references" = 0
order by unreferenced_at limit 1 for update skip locked`,
};

// With the bytes of a clip go the results that were computed from them, and their references to packs.
const forgetStatement: Statement = {
  name: 'forget-blob',
  text: `
with gone as (delete from blob where workspace_id = $1 and sha256 = $2),
results as (delete from derived where workspace_id = $1 and sha256 = $2 returning pack_sha256)
update blob b set "references" = b."references" - r.n, unreferenced_at = case when b."references" = r.n then now() end
from (select pack_sha256, count(*)::int as n from results where pack_sha256 is not null group by pack_sha256) r
where b.workspace_id = $1 and b.sha256 = r.pack_sha256`,
};

const straysStatement: Statement = {
  name: 'stray-blobs',
  text: `
select n::int as n from unnest($1::uuid[], $2::text[]) with ordinality as s(workspace_id, sha256, n)
where not exists (select from blob b where b.workspace_id = s.workspace_id and b.sha256 = s.sha256) order by n`,
};
