-- The stages of new jobs, the first of them open, and its tasks.
-- include planned-tasks,
opening as (select * from planned where index = 0),
new_stages as (
  insert into stage (
    job_id, index, workspace_id, name, parts, task, queue, items_per_task, tasks, remaining, opened, opened_at)
  select s.job_id, s.index, s.workspace_id, s.name, s.parts, s.parts->0->>'task', s.parts->0->>'queue',
    p.items_per_task, p.tasks, p.tasks, (s.index = 0)::int, case when s.index = 0 then now() end
  from stages s
  join (
    select job_id, index, max(items_per_task) as items_per_task, sum(tasks)::int as tasks
    from planned group by job_id, index) p on p.job_id = s.job_id and p.index = s.index),
-- include new-tasks
