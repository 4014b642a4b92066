-- The task ($1, owned by the attempt $2) has come so far ($3: step, of, figures): kept in its row and its job's, and
-- told as an event.
with jobs as materialized (
  select id from job where finished_at is null and id = (select job_id from task where id = $1) for update),
owned as (
  update task t set progress = $3::jsonb
  where t.id = $1 and t.attempt = $2 and t.state = 'running' and t.job_id = (select id from jobs)
  returning t.job_id, t.name, t.ordinal),
told as (
  update job j
  set events = j.events + 1, progress = jsonb_build_object('task', o.name, 'ordinal', o.ordinal) || $3::jsonb
  from owned o where j.id = o.job_id
  returning j.id, j.workspace_id, j.events, j.progress),
new_events as (
  insert into event (job_id, number, workspace_id, type, data)
  select id, events, workspace_id, 'task.progress', progress from told)
select id as "jobId" from told
