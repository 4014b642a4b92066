-- $1 after how many seconds of silence a worker counts no more. The reconciler's row says when it looked last.
select count(*) filter (where ending_at is null)::int as live,
  count(*) filter (where ending_at is not null)::int as ending
from worker where seen_at > now() - $1 * interval '1 s' and name <> 'reconciler'
