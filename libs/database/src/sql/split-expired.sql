-- Under the lock of its job: the task ($1), whose lease had run out at the instant of the look ($2), only ever shrinks
-- to the first of $3 parts of its pending items, or of as many as it has items; the others become tasks. They are
-- suspects, which run alone, unless they take long slots: those are judged by what their worker held beside. A part
-- that dies again is split again: most have done nothing, and a task of its own for each item would cost as much as
-- the work.
with suspect as materialized (
  select * from task where id = $1 and state = 'running' and lease_until < $2 for update),
pending as materialized (
  select i.index, row_number() over (order by i.index) - 1 as place, count(*) over () as n
  from suspect s join item i on i.job_id = s.job_id and i.index >= s.from_index and i.index < s.to_index
  where i.state = 'pending'),
parts as materialized (
  select part, min(index) as from_index, max(index) + 1 as to_index, count(*)::int as items
  from (select index, place / ceil(n / $3::numeric)::int as part from pending) p group by part),
kept as (
  update task t
  set state = 'queued', suspect = t.slot = 'short', lease_until = null, alone_since = null, run_after = now(),
    ring_at = now() + interval '2 s', rings = 1, from_index = coalesce(p.from_index, t.from_index),
    to_index = coalesce(p.to_index, t.from_index + 1)
  from suspect s left join parts p on p.part = 0 where t.id = s.id
  returning t.id, t.queue, t.slot, t.priority, coalesce(p.items, 1) as items),
others as (
  insert into task (workspace_id, job_id, stage_index, name, version, queue, slot, priority, ordinal, from_index,
    to_index, suspect, retries, waits, ring_at, rings)
  select s.workspace_id, s.job_id, s.stage_index, s.name, s.version, s.queue, s.slot, s.priority, s.ordinal,
    p.from_index, p.to_index, s.slot = 'short', s.retries, s.waits, now() + interval '2 s', 1
  from suspect s join parts p on p.part > 0 order by p.part
  returning id, queue, slot, priority, from_index),
counted as (
  update stage g set tasks = g.tasks + o.n, remaining = g.remaining + o.n
  from suspect s, (select count(*)::int as n from others) o
  where g.job_id = s.job_id and g.index = s.stage_index and o.n > 0)
select * from kept union all
select o.id, o.queue, o.slot, o.priority, p.items from others o join parts p on p.from_index = o.from_index
