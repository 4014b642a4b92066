-- Claims waiting tasks of the queues ($3) until they cover $4 items. Queue by queue, for the index has each queue's
-- tasks in their order.
with waiting as materialized (
  select w.* from unnest($3::text[]) q cross join lateral (
    select id, priority, suspect, to_index - from_index as items from task
    where queue = q and state = 'queued' and run_after <= now() and ($5 or not suspect)
    order by priority, id limit $4 for update skip locked) w),
admitted as (
  select * from waiting
  where not suspect or id = (select id from waiting where suspect order by priority, id limit 1)),
picked as materialized (
  select id from (
    select id, sum(greatest(items, 1)) over (order by priority, id) - greatest(items, 1) as before from admitted) w
  where before < $4),
-- include claimed-tasks
