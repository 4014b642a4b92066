-- The heartbeat of a worker ($4): extends the leases of its tasks ($1, with their attempts $2) by $3 seconds, and says
-- that it lives. `since` is when it was first seen after a time without. It waits for no row: behind one task whose
-- commit takes long it would be late for all of them, and the worker be taken for dead. Such a task is told as owned,
-- as it was when this began; should it have changed hands, the next heartbeat says so.
with alive as (
  insert into worker as w (name) values ($4)
  on conflict (name) do update
  set seen_at = now(), since = case when w.seen_at < now() - $3 * interval '1 s' then now() else w.since end),
beating as materialized (select id, attempt from unnest($1::bigint[], $2::int[]) as o(id, attempt)),
free as materialized (
  select t.id from beating o join task t on t.id = o.id and t.attempt = o.attempt
  where t.state = 'running' order by t.id for update of t skip locked),
working as (
  update task t set lease_until = now() + $3 * interval '1 s' from free f where t.id = f.id
  returning t.id, t.job_id),
-- include started-jobs
select t.id from beating o join task t on t.id = o.id and t.attempt = o.attempt where t.state = 'running'
