s.clip_id as "clipId", c.filename, s.sha256, c.size_bytes as "sizeBytes", e.label as genre, e."group", s.tags,
  s.licence, s.author, s.source, s.url, m.seconds as "durationSeconds", s.metadata, s.revision,
  s.added_at as "addedAt", s.updated_at as "updatedAt"
from dataset d
join dataset_entry e on e.dataset_id = d.id
join sample s on s.clip_id = e.clip_id
join clip c on c.id = e.clip_id
-- include measured-seconds
