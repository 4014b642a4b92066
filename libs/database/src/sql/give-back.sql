-- $3 milliseconds until somebody else may take them.
with
-- include owned-tasks
update task t
set state = 'queued', lease_until = null, alone_since = null, run_after = now() + $3 * interval '1 ms',
  ring_at = now() + $3 * interval '1 ms', rings = 0
from owned o where t.id = o.id
