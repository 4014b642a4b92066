-- $1 job, $2 workspace, $3 the first index, $4 clips, $5 the client's names, $6 whether deleted clips may
-- be among them. Answers clips that are missing; then the transaction is given up.
-- Each clip is looked for by its id: before its statistics are known, a join walks over all clips of the workspace.
with input as materialized (
  select clip_id, custom_id, n from unnest($4::uuid[], $5::text[]) with ordinality as i(clip_id, custom_id, n)),
inserted as (
  insert into item (job_id, index, workspace_id, custom_id, clip_id)
  select $1, $3 + n - 1, $2, custom_id, clip_id from input)
select named.clip_id as "clipId"
from (select distinct clip_id from input where clip_id is not null) named
left join lateral (
  select id from clip where id = named.clip_id and workspace_id = $2 and ($6 or deleted_at is null) offset 0) c on true
where c.id is null limit 10
