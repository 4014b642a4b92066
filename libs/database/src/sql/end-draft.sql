-- A job ($1) is whole and listed by the same transaction. No row: it is removed already.
delete from unlisted_job where job_id = $1 and due_at > now() returning job_id as id
