-- Gives tasks ($1) that these attempts ($2) own back, locked in the order of their ids; $3 milliseconds until somebody
-- else may take them.
with owned as materialized (
  select t.id from task t
  join unnest($1::bigint[], $2::int[]) as o(id, attempt) on t.id = o.id and t.attempt = o.attempt
  where t.state = 'running' order by t.id for update of t)
update task t
set state = 'queued', lease_until = null, alone_since = null, run_after = now() + $3 * interval '1 ms',
  ring_at = now() + $3 * interval '1 ms', rings = 0
from owned o where t.id = o.id
