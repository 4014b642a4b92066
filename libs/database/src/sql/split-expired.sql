-- The job's row ($2) is locked first, as everywhere; the task ($1) then only ever shrinks to its first pending item,
-- the others become tasks.
with job_row as materialized (select id from job where id = $2 for update),
suspect as materialized (
  select t.* from task t, job_row j
  where t.id = $1 and t.job_id = j.id and t.state = 'running' and t.lease_until < now() for update of t),
parts as materialized (
  select i.index, row_number() over (order by i.index) = 1 as first
  from suspect s join item i on i.job_id = s.job_id and i.index >= s.from_index and i.index < s.to_index
  where i.state = 'pending'),
kept as (
  update task t
  set state = 'queued', suspect = true, lease_until = null, alone_since = null, run_after = now(),
    ring_at = now() + interval '2 s', rings = 1, from_index = coalesce(p.index, t.from_index),
    to_index = coalesce(p.index, t.from_index) + 1
  from suspect s left join parts p on p.first where t.id = s.id
  returning t.id, t.queue, t.priority, 1 as items),
others as (
  insert into task (
    workspace_id, job_id, stage_index, name, queue, priority, from_index, to_index, suspect, retries, ring_at, rings)
  select s.workspace_id, s.job_id, s.stage_index, s.name, s.queue, s.priority, p.index, p.index + 1, true, s.retries,
    now() + interval '2 s', 1
  from suspect s join parts p on not p.first
  returning id, queue, priority, 1 as items),
counted as (
  update stage g set tasks = g.tasks + o.n, remaining = g.remaining + o.n
  from suspect s, (select count(*)::int as n from others) o
  where g.job_id = s.job_id and g.index = s.stage_index and o.n > 0)
select * from kept union all select * from others
