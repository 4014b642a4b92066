-- The crowding of those of the clips $2 of which the index version $1 knows it.
select clip_id as "clipId", crowding from index_entry
where index_version_id = $1 and clip_id = any($2::uuid[]) and crowding is not null
