-- The next $3 entries of the index version $1 after the clip $2 by chunks of $4 in the order of their ids: the last
-- clip of each, how many samples are wanted, whether one of them has no result of $6 bytes by the recipe $5, and the
-- packs in which others lie.
with page as (
  select x.clip_id, x.wanted, x.workspace_id, (row_number() over (order by x.clip_id) - 1) / $4::int as chunk
  from index_entry x where x.index_version_id = $1 and x.clip_id > $2 order by x.clip_id limit $3)
select (array_agg(p.clip_id order by p.clip_id desc))[1] as last, count(*) filter (where p.wanted)::int as wanted,
  bool_or(p.wanted and coalesce(octet_length(r.bytes), r.pack_bytes) is distinct from $6::int) as "isLacking",
  coalesce(array_agg(distinct r.pack_sha256) filter (where p.wanted and r.pack_sha256 is not null), '{}') as packs
from page p
left join sample s on s.clip_id = p.clip_id
left join derived r on r.workspace_id = p.workspace_id and r.sha256 = s.sha256 and r.recipe = $5
group by p.chunk order by p.chunk
