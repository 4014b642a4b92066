-- Marks the jobs of the tasks in `working` as running. A job row that another process holds is skipped, so that nobody
-- who holds tasks waits for a job: whoever holds it marks it too, ends it, or leaves it to the next heartbeat. The
-- state is compared as an expression, or a plan may walk over all jobs that wait.
starting as (
  select id from job where id = any(array(select job_id from working)) and state || '' = 'queued'
  order by id for update skip locked),
started as (
  update job j set state = 'running', started_at = now(), events = j.events + 1
  from starting s where j.id = s.id
  returning j.id, j.workspace_id, j.events),
started_events as (
  insert into event (job_id, number, workspace_id, type, data)
  select id, events, workspace_id, 'job.started', '{}' from started)
