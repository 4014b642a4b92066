-- Up to $1 jobs of which rows are to be removed: they are too old, or were never finished being written.
select job_id as id from unlisted_job where due_at <= now() order by due_at limit $1 for update skip locked
