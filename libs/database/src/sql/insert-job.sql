-- $1 the job, its deadline as far from now by this clock as it is from its creation by the caller's.
with stages as materialized (
  select j.workspace as workspace_id, j.id as job_id, s.index::smallint - 1::smallint as index, s.name, s.parts,
    j.priority, j.total, null::jsonb as outputs
  from json_to_record($1::json) as j(workspace uuid, id uuid, priority smallint, total int, stages json)
  cross join lateral rows from (json_to_recordset(j.stages) as (name text, parts jsonb)) with ordinality
    as s(name, parts, index)),
new_job as (
  insert into job (
    id, workspace_id, kind, priority, caller, input, metadata, total, waiter, retry_of, started_by, deadline_at,
    created_at, request_id)
  select id, workspace, kind, priority, coalesce(caller, ''), input, metadata, total, waiter, "retryOf", "startedBy",
    now() + ("deadlineAt" - "createdAt"), "createdAt", "requestId"
  from json_to_record($1::json) as j(
    workspace uuid, id uuid, kind text, priority smallint, caller text, input jsonb, metadata jsonb, total int,
    waiter text, "retryOf" uuid, "startedBy" uuid, "deadlineAt" timestamptz, "createdAt" timestamptz,
    "requestId" text)),
-- include new-job
select id, queue, slot, priority, items from new_tasks
