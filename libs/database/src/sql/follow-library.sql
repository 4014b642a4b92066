-- The samples of the workspace $1 follow the entries of its dataset $2, and the entries of its index versions follow
-- the samples: these change only when a sample comes or goes, for what is said of it is not in its vector. $3: clips
-- that were added, changed or taken out: each counts as changed. Null: only what differs is made right, of the next $5
-- clips after $4; what is right is not even locked. Whoever asks holds the dataset. Answers the last clip of the page.
with given as materialized (
  select unnest as id from unnest($3::uuid[])
  union (
    select clip_id from sample where workspace_id = $1 and $3::uuid[] is null and clip_id > $4
    order by clip_id limit $5)
  union (
    select e.clip_id from dataset d join dataset_entry e on e.dataset_id = d.id
    where d.workspace_id = $1 and d.name = $2 and $3::uuid[] is null and e.clip_id > $4
    order by e.clip_id limit $5)),
clips as materialized (
  select g.id, e.clip_id is not null as listed, s.clip_id is not null as known, c.sha256
  from (select id from given order by id limit case when $3::uuid[] is null then $5 end) g
  left join dataset d on d.workspace_id = $1 and d.name = $2
  left join dataset_entry e on e.dataset_id = d.id and e.clip_id = g.id
  left join sample s on s.clip_id = g.id
  left join clip c on c.id = e.clip_id),
kept as (
  insert into sample (clip_id, workspace_id, sha256)
  select id, $1, sha256 from clips where listed and ($3::uuid[] is not null or not known) order by id
  on conflict (clip_id) do update set revision = sample.revision + 1, updated_at = now() where $3::uuid[] is not null),
gone as (delete from sample s using clips c where s.clip_id = c.id and not c.listed),
told as (
  insert into index_entry (index_version_id, clip_id, workspace_id, wanted)
  select v.id, c.id, $1, c.listed
  from index_version v
  cross join clips c
  left join index_entry x on x.index_version_id = v.id and x.clip_id = c.id
  where v.workspace_id = $1 and v.retired_at is null
    and (c.listed or x.clip_id is not null)
    and x.wanted is distinct from c.listed
  order by v.id, c.id
  on conflict (index_version_id, clip_id) do update set wanted = excluded.wanted, revision = excluded.revision)
select id as last from clips order by id desc limit 1
