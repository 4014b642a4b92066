-- A job ($1) will not become whole: its rows are removed.
update unlisted_job set due_at = now() where job_id = $1
