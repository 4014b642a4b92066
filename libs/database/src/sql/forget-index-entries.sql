-- Removes $2 entries of the index version $1, which is retired; answers how many there were.
with gone as (
  delete from index_entry where index_version_id = $1 and clip_id in (
    select clip_id from index_entry where index_version_id = $1 order by clip_id limit $2)
  returning 1)
select count(*)::int as n from gone
