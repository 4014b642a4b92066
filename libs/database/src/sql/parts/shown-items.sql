-- The items of `page` as clients see them. One that is pending when its job ends counts as cancelled, unless the job
-- succeeded: then it was used as a whole with the others. Results may be large, so it ends after the one with which
-- they come to 4 MB as they are stored; `found` is of how many it is the beginning.
select i.index, i.custom_id as "customId", i.clip_id as "clipId", c.filename,
  case when i.state = 'pending' and j.finished_at is not null then
    case j.state when 'succeeded' then 'succeeded' else 'cancelled' end else i.state end as state,
  i.result, i.error, i.found
from (
  select *, count(*) over ()::int as found,
    sum(pg_column_size(result)) over (order by index rows between unbounded preceding and 1 preceding) as bytes_before
  from page) i
join job j on j.id = i.job_id left join clip c on c.id = i.clip_id
where coalesce(i.bytes_before, 0) < 4000000
order by i.index
