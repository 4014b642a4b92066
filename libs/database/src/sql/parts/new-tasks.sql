-- The tasks of the `opening` parts of `planned` stages. Up to $2 of a kind are rung for by whoever makes them, and by
-- the dispatcher if that leads nowhere; more are left to the dispatcher, which keeps a window.
new_tasks as (
  insert into task (
    workspace_id, job_id, stage_index, name, version, queue, slot, priority, ordinal, from_index, to_index, ring_at,
    rings)
  select workspace_id, job_id, index, task, version, queue, slot, priority, n, least(n * items_per_task, total),
    least((n + 1) * items_per_task, total),
    now() + case when tasks <= $2 then interval '2 s' else interval '0 s' end, (tasks <= $2)::int
  from opening cross join lateral generate_series(0, tasks - 1) n
  returning id, job_id, queue, slot, priority, greatest(to_index - from_index, 1) as items, rings)
