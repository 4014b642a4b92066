s.clip_id as "clipId", c.filename, s.sha256, c.size_bytes as "sizeBytes", e.label as genre, e."group", s.tags,
  s.licence, s.author, s.source, s.url, m.seconds as "durationSeconds", s.metadata, s.revision,
  s.added_at as "addedAt", s.updated_at as "updatedAt"
-- include from-samples
