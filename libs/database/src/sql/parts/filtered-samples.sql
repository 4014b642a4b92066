-- Of the further ones each that is null asks for nothing: $5 a genre, $6 tags, all of them, $7 licence, $8 author, $9
-- what stands in the name, $10 seconds at least, $11 at most, $12 the hash of the bytes, $13 some clips.
where d.workspace_id = $1 and d.name = $2 and e.clip_id > $3
  and ($5::text is null or e.label = $5)
  and ($6::text[] is null or s.tags @> $6)
  and ($7::text is null or s.licence = $7)
  and ($8::text is null or s.author = $8)
  and ($9::text is null or position(lower($9) in lower(c.filename)) > 0)
  and ($10::float8 is null or m.seconds >= $10)
  and ($11::float8 is null or m.seconds <= $11)
  and ($12::text is null or s.sha256 = $12)
  and ($13::uuid[] is null or e.clip_id = any($13))
