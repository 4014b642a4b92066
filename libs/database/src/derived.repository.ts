import type { Database, Statement } from './database.js';
import type { Derived, NewPack } from './derived.js';
import { DerivedGroups } from './derived-groups.js';

/** Results that need no second computing: of one workspace, by the hash of the clip's bytes and the recipe. */
export class DerivedRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  find(sha256s: readonly string[], recipes: readonly string[]): Promise<Derived[]> {
    return DerivedGroups.of(this.database).find({ workspaceId: this.workspaceId, sha256s, recipes });
  }

  /**
   * Keeps results of clips whose bytes are still there; those that were there already stay as they are. The packs' bytes must be
   * stored before.
   */
  keep(results: readonly Derived[], packs: readonly NewPack[]): Promise<void> {
    return DerivedGroups.of(this.database).keep({ workspaceId: this.workspaceId, results, packs });
  }

  /** Forgets results whose pack is lost, so that they are computed and kept again. */
  discard(results: readonly Derived[]): Promise<void> {
    return this.discardDamaged(results.filter(({ place }) => 'pack' in place));
  }

  /** The same of results that cannot be read, wherever they are kept. */
  async discardDamaged(results: readonly Derived[]): Promise<void> {
    const damaged = results.map(({ sha256, recipe, place }) => ({ sha256, recipe, pack: 'pack' in place ? place.pack : null }));
    if (damaged.length > 0) await this.database.run(discardStatement, [this.workspaceId, JSON.stringify(damaged)]);
  }
}

const discardStatement: Statement = {
  name: 'discard-derived',
  text: `
with damaged as (select * from json_to_recordset($2::json) as l(sha256 text, recipe text, pack text)),
gone as (
  delete from derived d using damaged l
  where d.workspace_id = $1 and d.sha256 = l.sha256 and d.recipe = l.recipe and d.pack_sha256 is not distinct from l.pack
  returning d.pack_sha256),
packs as (select pack_sha256, count(*)::int as n from gone where pack_sha256 is not null group by pack_sha256)
update blob b set "references" = b."references" - p.n, unreferenced_at = case when b."references" = p.n then now() end
from packs p where b.workspace_id = $1 and b.sha256 = p.pack_sha256`,
};
