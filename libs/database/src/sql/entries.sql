-- The next $3 entries of the dataset $1 after the clip $2.
select e.clip_id as "clipId", e.label, e."group", e.fold, c.filename, c.sha256, c.size_bytes as "sizeBytes"
from dataset_entry e join clip c on c.id = e.clip_id
where e.dataset_id = $1 and e.clip_id > $2 order by e.clip_id limit $3
