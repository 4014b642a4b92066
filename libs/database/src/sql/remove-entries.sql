-- Takes the clips $2 out of the dataset $1, which is locked.
with gone as (delete from dataset_entry where dataset_id = $1 and clip_id = any($2::uuid[]) returning 1)
select count(*)::int as n from gone
