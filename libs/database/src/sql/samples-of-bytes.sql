-- The first sample of the workspace $1 (its dataset $2) with each of the hashes $3, where there is one.
select distinct on (s.sha256) s.sha256, s.clip_id as "clipId"
from dataset d
join sample s on s.workspace_id = d.workspace_id and s.sha256 = any($3::text[])
join dataset_entry e on e.dataset_id = d.id and e.clip_id = s.clip_id
where d.workspace_id = $1 and d.name = $2 order by s.sha256, s.added_at, s.clip_id
