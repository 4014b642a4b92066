-- How many jobs of a workspace ($1) are in these states ($2); $3 are counted at most.
select count(*)::int as n
from (select from job where workspace_id = $1 and state = any($2::text[]) limit $3) counted
