-- Ends the removal of those of the jobs ($1) of which no row is left.
with gone as (
  delete from unlisted_job u
  where u.job_id = any($1::uuid[]) and not exists (select from task t where t.job_id = u.job_id)
  returning 1)
select count(*)::int as n from gone
