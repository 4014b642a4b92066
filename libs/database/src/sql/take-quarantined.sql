-- $1 kills that a task is given up for, $2 seconds of the lease.
with guilty as materialized (
  select id from task
  where state = 'running' and lease_until < now() and to_index - from_index <= 1
    and alone_since is not null and kills + 1 >= $1
  order by id limit 100 for update skip locked)
update task t
set attempt = t.attempt + 1, kills = t.kills + 1, alone_since = null, lease_until = now() + $2 * interval '1 s'
from guilty g where t.id = g.id
returning t.id, t.attempt, t.job_id as "jobId", t.from_index as "fromIndex", t.to_index as "toIndex"
