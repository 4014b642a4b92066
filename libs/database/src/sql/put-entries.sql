-- $1 dataset, $2 workspace, $3 clips (each once), $4 labels, $5 groups, $6 folds, $7 which of these three are told (an
-- entry that is there keeps the others), $8 whether new entries are made. The dataset is locked. Entries are found by
-- their keys, however many the dataset has: a join would read all of it for each page.
with input as materialized (
  select * from unnest($3::uuid[], $4::text[], $5::text[], $6::smallint[], $7::text[])
    as i(clip_id, label, "group", fold, told)),
merged as materialized (
  select i.clip_id, e.clip_id is not null as known, m.label, m."group", m.fold,
    (e.label, e."group", e.fold) is distinct from (m.label, m."group", m.fold) as differs
  from input i
  left join lateral (
    select * from dataset_entry where dataset_id = $1 and clip_id = i.clip_id limit 1) e on true
  cross join lateral (
    select case when i.told like '%l%' then i.label else e.label end as label,
      case when i.told like '%g%' then i."group" else e."group" end as "group",
      case when i.told like '%f%' then i.fold else e.fold end as fold) m),
added as (
  insert into dataset_entry (dataset_id, clip_id, workspace_id, label, "group", fold)
  select $1, clip_id, $2, label, "group", fold from merged where $8 and not known
  returning clip_id),
differing as materialized (select * from merged where known and differs),
changed as (
  update dataset_entry e set label = d.label, "group" = d."group", fold = d.fold
  from differing d
  where e.dataset_id = $1 and e.clip_id = any (array(select clip_id from differing)) and d.clip_id = e.clip_id
  returning e.clip_id)
select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed,
  (select count(*)::int from merged where known) as known,
  array(select clip_id from added union all select clip_id from changed) as touched
