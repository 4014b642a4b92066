-- The clip $1 is deleted: datasets have it no longer, and their versions say that they lost it.
with gone as (delete from dataset_entry where clip_id = $1 returning dataset_id),
touched as (
  update dataset set revision = revision + 1, updated_at = now() where id in (select dataset_id from gone)),
lost as (select version_id, count(*)::int as n from dataset_member where clip_id = $1 group by version_id)
update dataset_version v set lost = v.lost + l.n from lost l where v.id = l.version_id
