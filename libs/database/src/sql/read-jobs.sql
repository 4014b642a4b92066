select j.id, j.workspace_id as "workspaceId", j.kind, j.state, j.priority, j.input, j.metadata, j.total, j.succeeded,
  j.failed, j.error, j.progress, j.retry_of as "retryOf", j.started_by as "startedBy", j.created_at as "createdAt",
  j.started_at as "startedAt", j.finished_at as "finishedAt", j.deadline_at as "deadlineAt", j.events, s.stage,
  s.stages, s.tasks, s.remaining as "tasksRemaining", s.queue
from job j
cross join lateral (
  select max(name) filter (where index = j.stage_index) as stage,
    max(queue) filter (where index = j.stage_index) as queue, count(*)::int as stages, sum(tasks)::int as tasks,
    sum(remaining)::int as remaining
  from stage where job_id = j.id) s
where j.id = any($1::uuid[])
