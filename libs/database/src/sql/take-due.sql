-- $1 queue, $2 tasks at most, $3 the longest pause in seconds until a task is rung for again.
with due as materialized (
  select id from task where queue = $1 and state = 'queued' and ring_at <= now() and run_after <= now()
  order by priority, id limit $2 for update skip locked),
rung as (
  update task t set ring_at = now() + least(2 * power(2, t.rings), $3) * interval '1 s', rings = least(t.rings + 1, 10)
  where t.id = any(array(select id from due))
  returning t.id, t.queue, t.slot, t.priority, greatest(t.to_index - t.from_index, 1) as items)
select * from rung order by priority, id
