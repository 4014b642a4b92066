-- The collection of the index version $1 was lost: of the next $3 entries after the clip $2 it is unknown what it has.
-- Answers the last of them.
with page as materialized (
  select clip_id from index_entry where index_version_id = $1 and clip_id > $2 order by clip_id limit $3 for update),
reset as (
  update index_entry x set applied_revision = 0 from page p where x.index_version_id = $1 and x.clip_id = p.clip_id)
select clip_id as "last" from page order by clip_id desc limit 1
