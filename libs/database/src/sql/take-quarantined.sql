-- Takes over tasks that would have $2 deaths now, for $3 seconds. What their workers held beside them goes back first
-- (requeue-expired, split-expired): judged without them it would seem to have been alone.
with guilty as materialized (
  select t.id from task t
  -- include death
  where t.state = 'running' and t.lease_until < now() and t.to_index - t.from_index <= 1
    and death.counts and death.settled and t.kills + 1 >= $2
    and not exists (select from task o where o.state = 'running' and o.worker = t.worker and o.kills + 1 < $2)
  order by t.id limit 100 for update of t skip locked)
update task t
set attempt = t.attempt + 1, kills = t.kills + 1, alone_since = null, lease_until = now() + $3 * interval '1 s'
from guilty g where t.id = g.id
returning t.id, t.attempt, t.job_id as "jobId", t.from_index as "fromIndex", t.to_index as "toIndex",
  (select kind from job j where j.id = t.job_id) as kind
