-- The first $4 of the failed items of a job ($2) of a workspace ($1) after an index ($3). They alone carry an error and
-- have an index by it: one by the state would cost every item that succeeds its update in place.
with page as materialized (
  select * from item
  where workspace_id = $1 and job_id = $2 and index > $3 and error is not null order by index limit $4)
-- include shown-items
