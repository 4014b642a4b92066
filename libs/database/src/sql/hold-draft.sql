-- A further page of a job ($1) follows: it is not removed within the next $2 seconds. No row: it is removed already.
update unlisted_job set due_at = now() + $2 * interval '1 s' where job_id = $1 and due_at > now()
returning job_id as id
