-- Takes over, for the length of a lease ($1 seconds), tasks that would have $3 deaths now that count. What their
-- workers held beside them goes back first (requeue-expired, split-expired): judged without them it would seem to have
-- been alone.
with guilty as materialized (
  select t.id, death.deaths from task t
  -- include death
  where t.state = 'running' and t.lease_until < $2 and t.to_index - t.from_index <= 1
    and death.counts and death.settled and t.kills + 1 >= $3
    and not exists (select from task o where o.state = 'running' and o.worker = t.worker and o.kills + 1 < $3)
  order by t.id limit 100 for update of t skip locked)
update task t
set attempt = t.attempt + 1, kills = t.kills + 1, deaths = g.deaths, alone_since = null,
  lease_until = now() + $1 * interval '1 s'
from guilty g where t.id = g.id
returning t.id, t.attempt, t.job_id as "jobId", t.from_index as "fromIndex", t.to_index as "toIndex",
  (select kind from job j where j.id = t.job_id) as kind
