-- $1 up to how many are counted
select kind, state, count(*)::int as jobs
from (select kind, state from job where finished_at is null limit $1) unfinished
group by kind, state
