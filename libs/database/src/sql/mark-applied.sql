-- The collection of the index version $1 has the clips $2 as of the revisions $3, and the mark $4. One that has been
-- changed meanwhile counts as unknown: whoever applied the newer revision may have been overtaken by this older one.
-- Answers how many.
with applied as materialized (
  select a.clip_id, a.revision from unnest($2::uuid[], $3::bigint[]) as a(clip_id, revision)),
held as materialized (
  select x.clip_id, x.revision = a.revision as current, a.revision
  from index_entry x join applied a on a.clip_id = x.clip_id
  where x.index_version_id = $1 order by x.clip_id for update of x),
marked as (
  update index_entry x set applied_revision = case when h.current then h.revision else 0 end
  from held h where x.index_version_id = $1 and x.clip_id = h.clip_id),
left_in as (update index_version set mark = $4 where id = $1 and mark < $4)
select count(*) filter (where not current)::int as n from held
