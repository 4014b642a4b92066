-- How many jobs of a workspace ($1) are in these states ($2) and try job $4 again, of a kind ($5) unless that is null;
-- $3 are counted at most.
select count(*)::int as n
from (
  select from job
  where retry_of = $4 and workspace_id = $1 and state = any($2::text[]) and ($5::text is null or kind = $5)
  limit $3) counted
