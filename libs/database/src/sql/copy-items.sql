-- For the new job ($1) in a workspace ($2), from index $5 on: those items of the ended job ($3) that have no result,
-- among the $7 after index $6; all of them if $4, because a task reads them as a whole.
with copied as (
  insert into item (job_id, index, workspace_id, custom_id, clip_id)
  select $1, $5 + row_number() over (order by index) - 1, $2, custom_id, clip_id
  from item
  where job_id = $3 and index > $6 and index <= $6::int + $7::int and workspace_id = $2
    and (state <> 'succeeded' or $4)
  returning 1)
select count(*)::int as n from copied
