with
-- include owned-tasks
update task t set state = 'queued', lease_until = null, alone_since = null, ring_at = now(), rings = 0
from owned o where t.id = o.id
