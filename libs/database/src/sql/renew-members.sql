-- Members of the version $1 from the index $2 on stand for the clips $3, of the names $4: others of the same content.
update dataset_member m set clip_id = e.clip_id, filename = e.filename
from unnest($3::uuid[], $4::text[]) with ordinality as e(clip_id, filename, n)
where m.version_id = $1 and m.index >= $2 and m.index < $2 + cardinality($3) and m.index = $2 + e.n - 1
  and m.clip_id <> e.clip_id
