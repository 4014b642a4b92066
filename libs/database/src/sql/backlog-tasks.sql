-- $1 queues, $2 up to how many are counted. Each number comes from an index, however long the queues are.
select q.queue,
  (select count(*)::int from (
    select 1 from task where queue = q.queue and state = 'queued' limit $2) waiting) as queued,
  (select count(*)::int from (
    select 1 from task where queue = q.queue and state = 'running' limit $2) running) as running,
  (select extract(epoch from now() - min(first.since))::float8 from generate_series(0, 11) p(priority)
    cross join lateral (
      select greatest(created_at, run_after) as since from task
      where queue = q.queue and state = 'queued' and priority = p.priority and run_after <= now()
      order by id limit 1) first) as "oldestSeconds"
from unnest($1::text[]) q(queue)
