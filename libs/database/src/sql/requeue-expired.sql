-- $1 kills that a task is given up for.
with expired as materialized (
  select id from task
  where state = 'running' and lease_until < now() and to_index - from_index <= 1
    and not (alone_since is not null and kills + 1 >= $1)
  order by id limit 2000 for update skip locked)
update task t
set state = 'queued', suspect = true, kills = t.kills + (t.alone_since is not null)::int, alone_since = null,
  lease_until = null, run_after = now(), ring_at = now() + interval '2 s', rings = 1
from expired e where t.id = e.id
returning t.id, t.queue, t.priority, 1 as items
