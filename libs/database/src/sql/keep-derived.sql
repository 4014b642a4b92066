-- Keeps the results in $1; $2 are the blobs in which they lie packed. A result whose clip's bytes the sweep has
-- forgotten would stay for ever: their row is held, or waited for until the sweep is done with it. A pack is referred
-- to by each row that really came to point into it; one to which none does is left to the sweep at once.
with results as materialized (
  select * from json_to_recordset($1::json) as r(
    workspace uuid, sha256 text, recipe text, shape text, facts jsonb, bytes text, pack text, start int, length int)
  order by workspace, sha256, recipe),
sources as materialized (
  select r.* from results r join blob b on b.workspace_id = r.workspace and b.sha256 = r.sha256
  order by r.workspace, r.sha256, r.recipe for key share of b),
kept as (
  insert into derived (workspace_id, sha256, recipe, shape, facts, bytes, pack_sha256, pack_start, pack_bytes)
  select workspace, sha256, recipe, shape::int[], facts, decode(bytes, 'base64'), pack, start, length from sources
  on conflict do nothing
  returning workspace_id, pack_sha256),
counted as (
  select workspace_id, pack_sha256, count(*)::int as n from kept
  where pack_sha256 is not null group by workspace_id, pack_sha256),
packs as (
  select p.workspace, p.sha256, max(p."sizeBytes") as size_bytes, coalesce(max(c.n), 0) as n
  from json_to_recordset($2::json) as p(workspace uuid, sha256 text, "sizeBytes" bigint)
  left join counted c on c.workspace_id = p.workspace and c.pack_sha256 = p.sha256
  group by p.workspace, p.sha256)
insert into blob as b (workspace_id, sha256, size_bytes, "references", unreferenced_at)
select workspace, sha256, size_bytes, n, case when n = 0 then now() end from packs order by workspace, sha256
on conflict (workspace_id, sha256) do update set "references" = b."references" + excluded."references",
  unreferenced_at = case when b."references" + excluded."references" = 0 then now() end
