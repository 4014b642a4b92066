-- Claims what was `picked` ($1 worker, $2 seconds of the lease) and answers it with all that a worker needs.
-- A job row that another process holds is skipped: whoever holds it marks the job as running too, or ends it.
claimed as (
  update task t
  set state = 'running', attempt = t.attempt + 1, worker = $1, lease_until = now() + $2 * interval '1 s',
    alone_since = null
  where t.id = any(array(select id from picked))
  returning t.id, t.attempt, t.workspace_id, t.job_id, t.stage_index, t.name, t.from_index, t.to_index, t.retries,
    t.suspect, t.checkpoint),
starting as (
  select id from job where id = any(array(select job_id from claimed)) and state = 'queued'
  order by id for update skip locked),
started as (
  update job j set state = 'running', started_at = now(), events = j.events + 1
  from starting s where j.id = s.id and j.state = 'queued'
  returning j.id, j.workspace_id, j.events),
started_events as (
  insert into event (job_id, number, workspace_id, type, data)
  select id, events, workspace_id, 'job.started', '{}' from started)
select c.id, c.attempt, c.workspace_id as "workspaceId", c.job_id as "jobId", c.stage_index as "stageIndex", c.name,
  c.from_index as "fromIndex", c.to_index as "toIndex", c.retries, c.suspect, c.checkpoint, j.input,
  j.request_id as "requestId",
  not exists (select from stage s where s.job_id = c.job_id and s.index > c.stage_index) as last,
  coalesce(i.items, '[]'::json) as items
from claimed c
join job j on j.id = c.job_id
left join lateral (
  select json_agg(json_build_object('index', i.index, 'customId', i.custom_id, 'clipId', i.clip_id,
    'sha256', k.sha256, 'filename', k.filename, 'sizeBytes', k.size_bytes,
    'deleted', k.deleted_at is not null) order by i.index) as items
  from item i left join clip k on k.id = i.clip_id
  where i.job_id = c.job_id and i.index >= c.from_index and i.index < c.to_index and i.state = 'pending') i on true
order by c.id
