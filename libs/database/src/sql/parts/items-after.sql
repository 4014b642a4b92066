-- Items of a job ($2) of a workspace ($1) that come after an index ($3). One that is pending when its job ends counts
-- as cancelled, unless the job succeeded: then it was used as a whole with the others.
select i.index, i.custom_id as "customId", i.clip_id as "clipId", c.filename,
  case when i.state = 'pending' and j.finished_at is not null then
    case j.state when 'succeeded' then 'succeeded' else 'cancelled' end else i.state end as state,
  i.result, i.error
from item i join job j on j.id = i.job_id left join clip c on c.id = i.clip_id
where i.workspace_id = $1 and i.job_id = $2 and i.index > $3
