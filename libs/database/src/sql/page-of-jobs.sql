-- The newest jobs of a workspace ($1) in these states ($2) that are older than $3, at most $4. Each state has its own
-- stretch of the index, so that what is not asked for is not read. It is asked for as a range in the order of that
-- index: by `state = s` the planner may as well walk over all jobs by their ids until enough are of that state.
select j.id from unnest($2::text[]) s
cross join lateral (
  select id from job where workspace_id = $1 and state >= s and (state, id) < (s, $3)
  order by state desc, id desc limit $4) j
order by j.id desc limit $4
