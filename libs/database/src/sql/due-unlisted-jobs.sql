-- Takes up to $1 jobs of which rows are to be removed: they are too old, or were never finished being written. From
-- then on it is too late to go on with one, also for a transaction that began before it was due: its clock stands.
update unlisted_job set due_at = '-infinity'
where job_id = any(array(
  select job_id from unlisted_job where due_at <= now() order by due_at limit $1 for update skip locked))
returning job_id as id
