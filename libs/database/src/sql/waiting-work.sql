-- What has not ended, by whose key it came with: jobs, their items without a result, and the bytes that came with them.
select caller, count(*)::float8 as jobs, sum(greatest(total - succeeded - failed, 1))::float8 as items,
  sum(bytes)::float8 as bytes
from job where finished_at is null group by caller
