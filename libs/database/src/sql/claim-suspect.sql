-- Claims a suspect of the queues ($3) if one stands among the first $4 of a queue: suspects are old, so they do.
with front as materialized (
  select w.* from unnest($3::text[]) q cross join lateral (
    select id, suspect from task
    where queue = q and state = 'queued' and run_after <= now() order by priority, id limit $4) w),
picked as materialized (
  select id from task
  where id = any(array(select id from front where suspect)) and state || '' = 'queued'
  order by priority, id limit 1 for update skip locked),
-- include claimed-tasks
