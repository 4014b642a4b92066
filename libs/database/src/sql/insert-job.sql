-- $12 has the stages, $13 says up to how many tasks are rung for by whoever makes them.
with stages as materialized (
  select * from json_to_recordset($12::json) as s(
    index smallint, name text, task text, queue text, "itemsPerTask" int, tasks int)),
new_job as (
  insert into job (
    workspace_id, id, kind, priority, input, metadata, total, waiter, retry_of, deadline_at, created_at, request_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $14)),
new_stages as (
  insert into stage (
    job_id, index, workspace_id, name, task, queue, items_per_task, tasks, remaining, opened, opened_at)
  select $2, index, $1, name, task, queue, "itemsPerTask", tasks, tasks, (index = 0)::int,
    case when index = 0 then now() end
  from stages),
new_tasks as (
  insert into task (workspace_id, job_id, stage_index, name, queue, priority, from_index, to_index, ring_at, rings)
  select $1, $2, 0, task, queue, $4, f, least(f + "itemsPerTask", $7),
    now() + case when tasks <= $13 then interval '2 s' else interval '0 s' end, (tasks <= $13)::int
  from stages cross join lateral generate_series(0, greatest($7 - 1, 0), "itemsPerTask") f where index = 0
  returning id, queue, priority, greatest(to_index - from_index, 1) as items, rings)
select id, queue, priority, items from new_tasks where rings = 1
