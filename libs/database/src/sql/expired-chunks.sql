select t.id, t.job_id as "jobId" from task t
-- include death
where t.state = 'running' and t.lease_until < $2 and t.to_index - t.from_index > 1 and death.is_dead
  and death.settled
order by t.job_id, t.id limit 200
