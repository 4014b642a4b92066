-- Removes up to $4 items of jobs ($1) that nobody finds any more, those after one ($2 job, $3 index); answers the last.
-- From place to place: a search from the beginning would go over all that was removed before.
with page as materialized (
  select job_id, index from item where job_id = any($1::uuid[]) and (job_id, index) > ($2::uuid, $3::int)
  order by job_id, index limit $4),
gone as (delete from item i using page p where i.job_id = p.job_id and i.index = p.index)
select (select count(*)::int from page) as n, job_id as "jobId", index
from page order by job_id desc, index desc limit 1
