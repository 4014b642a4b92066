with rung as materialized (
  select id from task where queue = $1 and state = 'queued' and rings > 0 order by id limit $2 for update skip locked),
forgotten as (
  update task t set ring_at = least(t.ring_at, greatest(now(), t.run_after)), rings = 0
  where t.id = any(array(select id from rung))
  returning 1)
select count(*)::int as n from forgotten
