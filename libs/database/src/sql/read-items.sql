-- A page ($3 after which index, $4 how many) of the items of a job ($2) of a workspace ($1) that a task reads as a
-- whole. Indexes have no gaps, so a page ends at a known one.
select i.index, i.custom_id as "customId", i.clip_id as "clipId", k.sha256, k.filename, k.size_bytes as "sizeBytes",
  coalesce(k.deleted_at is not null, false) as deleted, i.state
from item i left join clip k on k.id = i.clip_id
where i.workspace_id = $1 and i.job_id = $2 and i.index > $3 and i.index <= $3::int + $4::int
order by i.index
