-- The $4 items of a job ($2) of a workspace ($1) that come after an index ($3). Indexes have no gaps, so a page ends at
-- a known one. It is cut before it is joined: by their statistics nearly all items have small indexes, and a first page
-- would be expected to be nearly all of them (45 ms instead of 2).
with page as materialized (
  select * from item
  where workspace_id = $1 and job_id = $2 and index > $3 and index <= $3::int + $4::int order by index)
-- include shown-items
