-- The newest checkpoint ($3: step, document, blobs) of the task ($1, owned by the attempt $2), unless it has one of
-- that step. It keeps the one before and refers to the blobs of both. What killed it before it came this far is
-- forgotten.
with owned as materialized (
  select id, workspace_id, checkpoint->'newest' as newest, checkpoint->'previous' as previous from task
  where id = $1 and attempt = $2 and state = 'running' for update),
moved as materialized (
  select * from owned where newest is null or (newest->>'step')::int < ($3::jsonb->>'step')::int),
written as (
  update task t
  set checkpoint = jsonb_build_object('newest', $3::jsonb, 'previous', m.newest), kills = 0, deaths = 0, retries = 0,
    waits = 0, suspect = false
  from moved m where t.id = m.id),
changes as (
  select workspace_id, sha256, max(size_bytes) as size_bytes, sum(n)::int as n from (
    select m.workspace_id, b.sha256, b."sizeBytes" as size_bytes, 1 as n
    from moved m cross join jsonb_to_recordset($3::jsonb->'blobs') as b(sha256 text, "sizeBytes" bigint)
    union all
    select m.workspace_id, b.sha256, b."sizeBytes", -1
    from moved m cross join jsonb_to_recordset(m.previous->'blobs') as b(sha256 text, "sizeBytes" bigint)) c
  group by workspace_id, sha256 having sum(n) <> 0),
referred as (
  insert into blob as b (workspace_id, sha256, size_bytes, "references")
  select workspace_id, sha256, size_bytes, n from changes order by workspace_id, sha256
  on conflict (workspace_id, sha256) do update set "references" = b."references" + excluded."references",
    unreferenced_at = case when b."references" + excluded."references" = 0 then now() end)
select id, newest is null or (newest->>'step')::int <= ($3::jsonb->>'step')::int as forward from owned
