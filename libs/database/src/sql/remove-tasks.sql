-- Removes up to $2 tasks of jobs ($1) that nobody finds any more, but for those that still hold blobs by a checkpoint.
with gone as (
  delete from task
  where ctid = any(array(select ctid from task where job_id = any($1::uuid[]) and checkpoint is null limit $2))
  returning 1)
select count(*)::int as n from gone
