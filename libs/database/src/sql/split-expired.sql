-- Under the lock of its job: the task ($1), whose lease had run out at the instant of the look ($2), only ever shrinks
-- to its first pending item, the others become tasks. They are suspects, which run alone, unless they take long slots:
-- those are judged by what their worker held beside.
with suspect as materialized (
  select * from task where id = $1 and state = 'running' and lease_until < $2 for update),
parts as materialized (
  select i.index, row_number() over (order by i.index) = 1 as first
  from suspect s join item i on i.job_id = s.job_id and i.index >= s.from_index and i.index < s.to_index
  where i.state = 'pending'),
kept as (
  update task t
  set state = 'queued', suspect = t.slot = 'short', lease_until = null, alone_since = null, run_after = now(),
    ring_at = now() + interval '2 s', rings = 1, from_index = coalesce(p.index, t.from_index),
    to_index = coalesce(p.index, t.from_index) + 1
  from suspect s left join parts p on p.first where t.id = s.id
  returning t.id, t.queue, t.slot, t.priority, 1 as items),
others as (
  insert into task (workspace_id, job_id, stage_index, name, version, queue, slot, priority, ordinal, from_index,
    to_index, suspect, retries, ring_at, rings)
  select s.workspace_id, s.job_id, s.stage_index, s.name, s.version, s.queue, s.slot, s.priority, s.ordinal, p.index,
    p.index + 1, s.slot = 'short', s.retries, now() + interval '2 s', 1
  from suspect s join parts p on not p.first
  returning id, queue, slot, priority, 1 as items),
counted as (
  update stage g set tasks = g.tasks + o.n, remaining = g.remaining + o.n
  from suspect s, (select count(*)::int as n from others) o
  where g.job_id = s.job_id and g.index = s.stage_index and o.n > 0)
select * from kept union all select * from others
