-- The items of `page` as clients see them. One that is pending when its job ends counts as cancelled, unless the job
-- succeeded: then it was used as a whole with the others.
select i.index, i.custom_id as "customId", i.clip_id as "clipId", c.filename,
  case when i.state = 'pending' and j.finished_at is not null then
    case j.state when 'succeeded' then 'succeeded' else 'cancelled' end else i.state end as state,
  i.result, i.error
from page i join job j on j.id = i.job_id left join clip c on c.id = i.clip_id
order by i.index
