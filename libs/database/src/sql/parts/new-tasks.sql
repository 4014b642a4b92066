-- The tasks of the `opening` parts of `planned` stages. Up to $2 of a kind are written at once, rung for by whoever
-- writes them, and by the dispatcher if that leads nowhere. Of more than that one row says so, and the dispatcher
-- writes them in pages, as they come to be wanted. The column's own default would be rounded to milliseconds, up as
-- often as down, and a claim as quick as that find that their time has not come.
new_tasks as (
  insert into task (
    workspace_id, job_id, stage_index, name, version, queue, slot, priority, ordinal, from_index, to_index, run_after,
    ring_at, rings)
  select workspace_id, job_id, index, task, version, queue, slot, priority, n, least(n * items_per_task, total),
    least((n + 1) * items_per_task, total), date_trunc('milliseconds', now()), now() + interval '2 s', 1
  from opening cross join lateral generate_series(0, tasks - 1) n
  where tasks <= $2
  returning id, job_id, queue, slot, priority, greatest(to_index - from_index, 1) as items),
new_unwritten as (
  insert into unwritten_tasks (
    workspace_id, job_id, stage_index, task, version, queue, slot, priority, items_per_task, total, tasks)
  select workspace_id, job_id, index, task, version, queue, slot, priority, items_per_task, total, tasks
  from opening where tasks > $2)
