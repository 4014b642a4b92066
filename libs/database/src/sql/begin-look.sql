-- Notes that somebody looks for the dead, and answers the instant of the look, unless it may not be trusted: who was
-- not seen may have had no chance to be seen, if Postgres was away (it has just started) or everybody was (nobody has
-- looked for a while: a laptop that slept, a network that was cut). Then everybody has the length of a lease
-- ($1 seconds) to be seen again.
with look as (
  insert into worker as w (name) values ('reconciler')
  on conflict (name) do update
  set seen_at = now(), since = case when w.seen_at < now() - $1 * interval '1 s' then now() else w.since end
  returning since),
forgotten as (
  delete from worker where seen_at < now() - interval '1 day')
select now()::text as instant from look where greatest(since, pg_postmaster_start_time()) < now() - $1 * interval '1 s'
