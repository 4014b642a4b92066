-- The newest jobs of a workspace ($1) and a kind ($5) in these states ($2) that are older than $3, at most $4; in the
-- way of page-of-jobs.
select j.id from unnest($2::text[]) s
cross join lateral (
  select id from job where workspace_id = $1 and kind = $5 and state >= s and (state, id) < (s, $3)
  order by state desc, id desc limit $4) j
order by j.id desc limit $4
