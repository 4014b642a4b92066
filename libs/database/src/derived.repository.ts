import type { Database, Statement } from './database.js';

/** What was computed from a clip's bytes by one recipe. */
export interface Derived {
  sha256: string;
  /** Tells all that the result depends on beside the bytes: the hash of a profile. */
  recipe: string;
  shape: number[];
  /** What else was found on the way, such as the decoder. */
  facts: object;
  place: DerivedPlace;
}

/** Small results stand in the row, large ones are parts of a blob that holds those of a whole task. */
export type DerivedPlace = { bytes: Uint8Array } | { pack: string; start: number; length: number };

/** Blobs that hold packed results, to be counted as referred to by each of them. */
export interface NewPack {
  sha256: string;
  sizeBytes: number;
}

/** Results that need no second computing: of one workspace, by the hash of the clip's bytes and the recipe. */
export class DerivedRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  async find(sha256s: readonly string[], recipes: readonly string[]): Promise<Derived[]> {
    const rows = await this.database.run<DerivedRow>(findStatement, [this.workspaceId, sha256s, recipes]);
    return rows.map(({ sha256, recipe, shape, facts, bytes, packSha256, packStart, packBytes }) => ({
      sha256,
      recipe,
      shape,
      facts,
      place: bytes !== null ? { bytes } : { pack: packSha256 ?? '', start: packStart ?? 0, length: packBytes ?? 0 },
    }));
  }

  /**
   * Keeps results of clips whose bytes are still there; those that were there already stay as they are. The packs' bytes must be
   * stored before.
   */
  async keep(results: readonly Derived[], packs: readonly NewPack[]): Promise<void> {
    const rows = results.map(({ sha256, recipe, shape, facts, place }) => ({
      sha256,
      recipe,
      shape: `{${shape.join(',')}}`,
      facts,
      bytes: 'bytes' in place ? Buffer.from(place.bytes).toString('base64') : null,
      pack: 'pack' in place ? place.pack : null,
      start: 'pack' in place ? place.start : null,
      length: 'pack' in place ? place.length : null,
    }));
    await this.database.run(keepStatement, [this.workspaceId, JSON.stringify(rows), JSON.stringify(packs)]);
  }

  /** Forgets results whose pack is lost, so that they are computed and kept again. */
  async discard(results: readonly Derived[]): Promise<void> {
    const packed = results.flatMap(({ sha256, recipe, place }) => ('pack' in place ? [{ sha256, recipe, pack: place.pack }] : []));
    if (packed.length > 0) await this.database.run(discardStatement, [this.workspaceId, JSON.stringify(packed)]);
  }
}

interface DerivedRow {
  sha256: string;
  recipe: string;
  shape: number[];
  facts: object;
  bytes: Uint8Array | null;
  packSha256: string | null;
  packStart: number | null;
  packBytes: number | null;
}

const findStatement: Statement = {
  name: 'find-derived',
  text: `
select sha256, recipe, shape, facts, bytes, pack_sha256 as "packSha256", pack_start as "packStart", pack_bytes as "packBytes"
from derived where workspace_id = $1 and sha256 = any($2::text[]) and recipe = any($3::text[])`,
};

// A result whose clip's bytes the sweep has forgotten would stay for ever: their row is held, or waited for until the sweep is done with it.
// A pack is referred to by each row that really came to point into it; one to which none does is left to the sweep at once.
const keepStatement: Statement = {
  name: 'keep-derived',
  text: `
with results as materialized (
  select * from json_to_recordset($2::json) as r(sha256 text, recipe text, shape text, facts jsonb, bytes text, pack text, start int, length int)),
sources as materialized (
  select sha256 from blob where workspace_id = $1 and sha256 in (select sha256 from results) order by sha256 for key share),
kept as (
  insert into derived (workspace_id, sha256, recipe, shape, facts, bytes, pack_sha256, pack_start, pack_bytes)
  select $1, sha256, recipe, shape::int[], facts, decode(bytes, 'base64'), pack, start, length
  from results where sha256 in (select sha256 from sources) order by sha256, recipe
  on conflict do nothing returning pack_sha256),
packs as (
  select p.sha256, p."sizeBytes", (select count(*)::int from kept k where k.pack_sha256 = p.sha256) as "references"
  from json_to_recordset($3::json) as p(sha256 text, "sizeBytes" bigint))
insert into blob as b (workspace_id, sha256, size_bytes, "references", unreferenced_at)
select $1, sha256, "sizeBytes", "references", case when "references" = 0 then now() end from packs order by sha256
on conflict (workspace_id, sha256) do update set "references" = b."references" + excluded."references",
  unreferenced_at = case when b."references" + excluded."references" = 0 then now() end`,
};

const discardStatement: Statement = {
  name: 'discard-derived',
  text: `
with lost as (select * from json_to_recordset($2::json) as l(sha256 text, recipe text, pack text)),
gone as (
  delete from derived d using lost l where d.workspace_id = $1 and d.sha256 = l.sha256 and d.recipe = l.recipe and d.pack_sha256 = l.pack
  returning d.pack_sha256),
packs as (select pack_sha256, count(*)::int as n from gone group by pack_sha256)
update blob b set "references" = b."references" - p.n, unreferenced_at = case when b."references" = p.n then now() end
from packs p where b.workspace_id = $1 and b.sha256 = p.pack_sha256`,
};
