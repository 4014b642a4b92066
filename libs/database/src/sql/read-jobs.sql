select j.id, j.workspace_id as "workspaceId", j.kind, j.state, j.priority, j.input, j.metadata, j.total, j.succeeded,
  j.failed, j.error, j.progress, j.retry_of as "retryOf", j.started_by as "startedBy", j.created_at as "createdAt",
  j.started_at as "startedAt", j.finished_at as "finishedAt", j.deadline_at as "deadlineAt", j.events, s.stage,
  s.stages, s.tasks, s.remaining as "tasksRemaining",
  case when j.state = 'queued' then (
    select count(*)::int from task f cross join lateral (
      select 1 from task a
      where a.queue = f.queue and a.state = 'queued' and (a.priority, a.id) < (f.priority, f.id) limit 10000) ahead
    where f.id = (select min(id) from task where job_id = j.id and stage_index = 0)) end as "queuePosition"
from job j
cross join lateral (
  select max(name) filter (where index = j.stage_index) as stage, count(*)::int as stages, sum(tasks)::int as tasks,
    sum(remaining)::int as remaining
  from stage where job_id = j.id) s
where j.id = any($1::uuid[])
