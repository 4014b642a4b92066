with
-- include owned-tasks
update task t set lease_until = now() + $3 * interval '1 s' from owned o where t.id = o.id
returning t.id
