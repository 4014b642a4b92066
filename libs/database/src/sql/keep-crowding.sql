-- The crowding $3 of the clips $2 in the index version $1.
update index_entry x set crowding = m.crowding
from unnest($2::uuid[], $3::real[]) as m(clip_id, crowding)
where x.index_version_id = $1 and x.clip_id = m.clip_id
