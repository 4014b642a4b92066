-- The members of the version $1 (of the workspace $4) with the $3 indexes after $2, and whether their clips are lost.
select m.index, m.clip_id as "clipId", m.sha256, m.filename, m.label, m."group", m.fold,
  c.id is null or c.deleted_at is not null as lost
from dataset_member m left join clip c on c.id = m.clip_id
where m.version_id = $1 and m.workspace_id = $4 and m.index > $2 and m.index <= $2::int + $3::int
order by m.index
