-- The jobs to which the first $2 waiting tasks of a queue ($1) belong: how many of these tasks each has, and how many
-- are ahead of its first.
select job_id as "jobId", priority, count(*)::int as tasks, min(n)::int - 1 as ahead
from (
  select job_id, priority, row_number() over (order by priority, id) as n
  from (
    select job_id, priority, id from task where queue = $1 and state = 'queued'
    order by priority, id limit $2) waiting) front
group by job_id, priority
