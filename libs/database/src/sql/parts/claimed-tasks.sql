-- Claims what was `picked` ($1 worker, $2 seconds of the lease) and answers it with all that a worker needs. Tasks of a
-- job that has ended are not there to be claimed: whoever ends it ends them, after the last that was written under its
-- lock; and no claim waits for anything but its turn in a limited queue (`rooms`), so that what it reads is of its one
-- snapshot. What was ended while it waited is no longer `queued` when it locks the task.
working as (
  update task t
  set state = 'running', attempt = t.attempt + 1, worker = $1, lease_until = now() + $2 * interval '1 s',
    alone_since = null
  where t.id = any(array(select id from picked))
    and (select j.finished_at is null from job j where j.id = t.job_id)
  returning t.id, t.attempt, t.workspace_id, t.job_id, t.stage_index, t.name, t.version, t.queue, t.slot, t.ordinal,
    t.from_index, t.to_index, t.priority, t.retries, t.waits, t.suspect, t.checkpoint),
-- include started-jobs
select c.id, c.attempt, c.workspace_id as "workspaceId", c.job_id as "jobId", c.stage_index as "stageIndex", c.name,
  c.version, c.slot, c.ordinal, c.from_index as "fromIndex", c.to_index as "toIndex", c.priority, c.retries, c.waits,
  c.suspect, c.checkpoint->'newest' as checkpoint, j.kind, j.input, j.request_id as "requestId",
  exists (select from rooms r where r.queue = c.queue and r.room is not null) as limited,
  not exists (
    select from stage s where s.job_id = c.job_id and s.index > c.stage_index and s.items_per_task > 0) as last,
  coalesce(i.items, '[]'::json) as items
from working c
join job j on j.id = c.job_id
left join lateral (
  select json_agg(json_build_object('index', i.index, 'customId', i.custom_id, 'clipId', i.clip_id,
    'sha256', k.sha256, 'filename', k.filename, 'sizeBytes', k.size_bytes,
    'deleted', k.deleted_at is not null, 'hasDerived', (
      select true from derived d where d.workspace_id = c.workspace_id and d.sha256 = k.sha256 limit 1) is not null)
    order by i.index) as items
  from item i left join clip k on k.id = i.clip_id
  where i.job_id = c.job_id and i.index >= c.from_index and i.index < c.to_index and i.state = 'pending') i on true
order by c.id
