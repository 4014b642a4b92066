-- Removes up to $2 events of jobs ($1) that nobody finds any more.
with gone as (
  delete from event where ctid = any(array(select ctid from event where job_id = any($1::uuid[]) limit $2)) returning 1)
select count(*)::int as n from gone
