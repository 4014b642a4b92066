-- The heartbeat of a worker ($4): extends the leases of its tasks by $3 seconds, and says that it lives. `since` is
-- when it was first seen after a time without.
with alive as (
  insert into worker as w (name) values ($4)
  on conflict (name) do update
  set seen_at = now(), since = case when w.seen_at < now() - $3 * interval '1 s' then now() else w.since end),
-- include owned-tasks,
working as (
  update task t set lease_until = now() + $3 * interval '1 s' from owned o where t.id = o.id
  returning t.id, t.job_id),
-- include started-jobs
select id from working
