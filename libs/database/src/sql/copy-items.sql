-- $1 the new job, $2 workspace, $3 the ended job, of which those items are tried again that have no result; all of them
-- if $4, because a task reads them as a whole.
with copied as (
  insert into item (job_id, index, workspace_id, custom_id, clip_id)
  select $1, row_number() over (order by index) - 1, $2, custom_id, clip_id
  from item where job_id = $3 and workspace_id = $2 and (state <> 'succeeded' or $4)
  returning 1)
select count(*)::int as total from copied
