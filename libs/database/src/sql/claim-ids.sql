-- Claims tasks by their ids ($3). Sorted by id, or two processes that were rung for the same tasks in another order
-- deadlock. The state is compared as an expression, or a plan may look for the ids in the index of all that waits.
with waiting as materialized (
  select id, suspect from task
  where id = any($3::bigint[]) and state || '' = 'queued' and run_after <= now() and ($4 or not suspect)
  order by id for update skip locked),
picked as materialized (
  select id from waiting where not suspect or id = (select min(id) from waiting where suspect)),
-- include claimed-tasks
