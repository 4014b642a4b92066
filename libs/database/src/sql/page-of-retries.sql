-- The newest jobs of a workspace ($1) in these states ($2) that are older than $3, at most $4, and try job $5 again; of
-- a kind ($6) unless that is null.
select id from job
where retry_of >= $5 and (retry_of, id) < ($5, $3)
  and workspace_id = $1 and state = any($2::text[]) and ($6::text is null or kind = $6)
order by retry_of desc, id desc limit $4
