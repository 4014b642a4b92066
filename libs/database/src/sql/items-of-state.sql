-- The first $4 that are in these states ($5) among the $6 items of a job ($2) of a workspace ($1) after an index ($3):
-- those of a state may lie far apart.
with page as materialized (
  select * from item
  where workspace_id = $1 and job_id = $2 and index > $3 and index <= $3::int + $6::int and state = any($5::text[])
  order by index limit $4)
-- include shown-items
