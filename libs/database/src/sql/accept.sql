-- The commit point of small requests. $1 has their rows as one list for each table. A deadline counts from now by this
-- clock: the caller's may be off.
-- Rows are sorted where others may hold the same ones (keys, blobs), or two groups deadlock.
with input as materialized (select $1::json as doc),
requests as materialized (
  select * from json_to_recordset((select doc->'requests' from input)) as r(
    id uuid, workspace uuid, keyed boolean, holder text, method text, path text, key text, fingerprint text,
    status smallint, body text, "jobId" uuid)),
keys as (
  insert into idempotency_key (
    workspace_id, holder, method, path, key, fingerprint, request_id, status, body, job_id)
  select workspace, holder, method, path, key, fingerprint, id, status, body, "jobId"
  from requests where keyed order by workspace, holder, method, path, key
  on conflict do nothing
  returning request_id),
admitted as materialized (
  select id from requests where not keyed
  union all
  select request_id from keys),
clips as materialized (
  select c.* from json_to_recordset((select doc->'clips' from input)) as c(
    request uuid, workspace uuid, "createdAt" timestamptz, id uuid, sha256 text, filename text, "sizeBytes" bigint)
  where c.request in (select id from admitted)),
new_blobs as (
  insert into blob (workspace_id, sha256, size_bytes, "references")
  select workspace, sha256, max("sizeBytes"), count(*) from clips group by workspace, sha256 order by workspace, sha256
  on conflict (workspace_id, sha256) do update
  set "references" = blob."references" + excluded."references", unreferenced_at = null),
new_clips as (
  insert into clip (id, workspace_id, sha256, filename, size_bytes, created_at)
  select id, workspace, sha256, filename, "sizeBytes", "createdAt" from clips),
new_jobs as (
  insert into job (
    id, workspace_id, kind, priority, caller, bytes, input, metadata, total, waiter, retry_of, deadline_at, created_at,
    request_id)
  select id, workspace, kind, priority, coalesce(caller, ''), coalesce(bytes, 0), input, metadata, total, waiter,
    "retryOf", now() + ("deadlineAt" - "createdAt"), "createdAt", "requestId"
  from json_to_recordset((select doc->'jobs' from input)) as j(
    request uuid, workspace uuid, id uuid, kind text, priority smallint, caller text, bytes bigint, input jsonb,
    metadata jsonb, total int, waiter text, "retryOf" uuid, "deadlineAt" timestamptz, "createdAt" timestamptz,
    "requestId" text)
  where request in (select id from admitted)),
stages as materialized (
  select s.request, s.workspace as workspace_id, s.job as job_id, s.index, s.name, s.parts, s.priority, s.total,
    null::jsonb as outputs
  from json_to_recordset((select doc->'stages' from input)) as s(
    request uuid, workspace uuid, job uuid, index smallint, name text, parts jsonb, priority smallint, total int)
  where s.request in (select id from admitted)),
new_items as (
  insert into item (job_id, index, workspace_id, custom_id, clip_id)
  select job, index, workspace, "customId", "clipId"
  from json_to_recordset((select doc->'items' from input)) as i(
    request uuid, workspace uuid, job uuid, index int, "customId" text, "clipId" uuid)
  where request in (select id from admitted)),
-- include new-job
select a.id as request, t.id as task, t.queue, t.slot, t.priority, t.items
from admitted a
left join stages s on s.request = a.id and s.index = 0
left join new_tasks t on t.job_id = s.job_id
order by t.id
