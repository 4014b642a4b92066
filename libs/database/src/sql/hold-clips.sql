-- Keeps the clips $2 of the workspace $1 from being deleted until the transaction ends; answers some that are missing.
with held as materialized (
  select id from clip where workspace_id = $1 and id = any($2::uuid[]) and deleted_at is null order by id for share)
select distinct n.id from unnest($2::uuid[]) n(id) where n.id not in (select id from held) limit 10
