select id, job_id as "jobId" from task
where state = 'running' and lease_until < now() and to_index - from_index > 1
order by job_id, id limit 200
