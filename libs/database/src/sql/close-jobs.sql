-- Under the locks of these jobs ($1; lock-jobs): $2 the state they end in, $3 the error they tell, $4 the channel on
-- which workers hear of it.
with stopped as (
  update task t set state = 'cancelled', finished_at = now(), lease_until = null
  where t.job_id = any($1::uuid[]) and t.state in ('queued', 'running')),
forgotten as (delete from unwritten_tasks where job_id = any($1::uuid[])),
closed as (
  update job j set state = $2, error = $3, progress = null, finished_at = now(), events = j.events + 1
  where j.id = any($1::uuid[]) and j.finished_at is null
  returning j.id, j.workspace_id, j.state, j.events, j.total, j.succeeded, j.failed, j.waiter),
new_events as (
  insert into event (job_id, number, workspace_id, type, data)
  select id, events, workspace_id, 'job.finished', jsonb_build_object(
    'state', state, 'stage', null, 'succeeded', succeeded, 'failed', failed, 'total', total)
  from closed)
select c.id, pg_notify($4, c.id::text) as workers,
  case when c.waiter is not null then pg_notify(c.waiter, jsonb_build_object('jobId', c.id)::text) end as waiter
from closed c
