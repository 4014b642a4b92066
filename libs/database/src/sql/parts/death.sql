-- What became of the worker of a task `t` whose lease ran out. It is dead when it was not seen for as long as a lease
-- ($1 seconds); one that lives has only lost the task. The death counts against the task if that ran with nothing
-- beside it, and the worker had not been told to end. A short task that runs alone has no other short one beside it,
-- yet there may be a long one: then neither is to blame before they have been `parted`. A long task is hardly ever
-- alone: beside others that are no suspects every third death counts, so that one that kills is given up in the end,
-- and one that comes to a checkpoint between, which forgives all of them, is not; one that died alone already, which
-- may have been bad luck as well, first catches up with as many. Beside another long one, which may as well be to
-- blame, it is every ninth, for they part. What a dead worker held is judged together, once the last of its leases is
-- over (`settled`): what went back before would not be seen beside the others.
cross join lateral (
  select d.is_dead, d.is_dead and not d.was_ending and case
        when t.slot = 'long' then beside.n = 0 or (
          beside.suspects = 0 and t.attempt % beside.nth = 0 and t.attempt >= beside.nth * (t.kills + 1))
        else beside.n = 0 and t.alone_since is not null end as counts,
    d.is_dead and t.slot = 'long' and beside.suspects > 0 as parted,
    d.is_dead and t.slot = 'long' and beside.short > 0 as shared,
    d.is_dead and t.slot = 'long' and beside.n > beside.short
      and t.attempt > 3 as paired,
    not d.is_dead or not exists (
      select from task o where o.state = 'running' and o.worker = t.worker and o.lease_until >= now()) as settled
  from (
    select w.name is null or w.seen_at < now() - $1 * interval '1 s' as is_dead, w.ending_at is not null as was_ending
    from (select t.worker as name) of_task left join worker w on w.name = of_task.name) d
  cross join lateral (
    select count(*) as n, count(o.alone_since) as suspects, count(*) filter (where o.slot = 'short') as short,
      case when count(*) > count(*) filter (where o.slot = 'short') then 9 else 3 end as nth
    from task o
    where o.state = 'running' and o.worker = t.worker and o.id <> t.id and 'long' in (t.slot, o.slot)) beside) death
