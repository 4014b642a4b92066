-- Under the lock of its job ($1; lock-jobs): writes the next up to $4 tasks of a name ($3) of its stage ($2).
with page as materialized (
  select *, least(next + $4::int, tasks) as upto from unwritten_tasks
  where job_id = $1 and stage_index = $2 and task = $3),
written as (
  insert into task (
    workspace_id, job_id, stage_index, name, version, queue, slot, priority, ordinal, from_index, to_index)
  select workspace_id, job_id, stage_index, task, version, queue, slot, priority, n,
    least(n * items_per_task, total), least((n + 1) * items_per_task, total)
  from page cross join lateral generate_series(next, upto - 1) n
  returning 1),
moved as (
  update unwritten_tasks t set next = b.upto from page b
  where t.job_id = b.job_id and t.stage_index = b.stage_index and t.task = b.task and b.upto < b.tasks),
ended as (
  delete from unwritten_tasks t using page b
  where t.job_id = b.job_id and t.stage_index = b.stage_index and t.task = b.task and b.upto = b.tasks)
select count(*)::int as n from written
