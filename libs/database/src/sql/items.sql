-- The $4 items of a job ($2) of a workspace ($1) that come after an index ($3). Indexes have no gaps, so a page ends at
-- a known one. It is cut before it is joined, and read by the key alone: by their statistics nearly all items have
-- small indexes, so that the planner expects a first page of a large job to be nearly all of it, and reads the table.
with page as materialized (
  select * from item
  where workspace_id = $1 and job_id = $2 and index > $3 and index <= $3::int + $4::int order by index limit $4)
-- include shown-items
