-- $1 workspace, $2 jobs, $3 the last number that is known of each, $4 events of one job at most.
select e.job_id as "jobId", e.number, e.type, e.data, e.created_at as "createdAt"
from unnest($2::uuid[], $3::int[]) as c(job_id, after)
cross join lateral (
  select * from event where job_id = c.job_id and number > c.after and workspace_id = $1 order by number limit $4) e
order by e.job_id, e.number
