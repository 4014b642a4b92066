-- Among the next $4 clips that were deleted $1 days ago and more, after one ($2, $3), removes those that neither an
-- item nor a version of a dataset names any more; answers the last that it looked at.
with page as materialized (
  select id, deleted_at from clip
  where deleted_at < now() - $1 * interval '1 day' and (deleted_at, id) > ($2::timestamptz, $3::uuid)
  order by deleted_at, id limit $4),
gone as (
  delete from clip c using page p where c.id = p.id
    and not exists (select from item i where i.clip_id = p.id)
    and not exists (select from dataset_member m where m.clip_id = p.id)
  returning 1)
select (select count(*)::int from gone) as n, deleted_at as "deletedAt", id
from page order by deleted_at desc, id desc limit 1
