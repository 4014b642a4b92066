-- Removes up to $2 stages of jobs ($1) that nobody finds any more.
with gone as (
  delete from stage where ctid = any(array(select ctid from stage where job_id = any($1::uuid[]) limit $2)) returning 1)
select count(*)::int as n from gone
