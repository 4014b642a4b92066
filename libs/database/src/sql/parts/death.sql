-- What became of the worker of a task `t` whose lease had run out at the instant of this look ($2): all of a look is
-- judged as it was then. The worker is dead when it had not been seen for as long as a lease ($1 seconds); one that
-- lives has only lost the task. If the worker had been told to end, its death tells nothing (`deaths` stays). Any other
-- counts against the task if that ran with nothing beside it. A short task that runs alone has no other short one
-- beside it, yet there may be a long one: then neither is to blame before they have been `parted`. A long task is
-- hardly ever alone: beside others that are no suspects every third death counts, so that one that kills is given up in
-- the end, and one that comes to a checkpoint between, which forgives all of them, is not; one that died alone already,
-- which may have been bad luck as well, first catches up with as many. Beside another long one, which may as well be to
-- blame, it is every ninth, for they part: by the deaths of the one of them that has most (`together`), for the one
-- that kills may come to a checkpoint before each time. What a dead worker held is judged together, once the last of
-- its leases is over (`settled`): what went back before would not be seen beside the others.
cross join lateral (
  select d.is_dead, d.deaths, d.deaths > t.deaths and case
        when t.slot = 'long' then beside.n = 0 or (
          beside.suspects = 0 and d.deaths % beside.every = 0 and d.deaths >= beside.every * (t.kills + 1))
        else beside.n = 0 and t.alone_since is not null end as counts,
    d.is_dead and t.slot = 'long' and beside.suspects > 0 as parted,
    d.is_dead and t.slot = 'long' and beside.short > 0 as shared,
    d.is_dead and t.slot = 'long' and beside.long > 0 and beside.together > 3 as paired, beside.together,
    not d.is_dead or not exists (
      select from task o where o.state = 'running' and o.worker = t.worker and o.lease_until >= $2) as settled
  from (
    select w.is_dead, t.deaths + (w.is_dead and not w.was_ending)::int as deaths
    from (
      select w.name is null or w.seen_at < $2::timestamptz - $1 * interval '1 s' as is_dead,
        w.ending_at is not null as was_ending
      from (select t.worker as name) of_task left join worker w on w.name = of_task.name) w) d
  cross join lateral (
    select b.n, b.suspects, b.short, b.long, case when b.long > 0 then 9 else 3 end as every,
      greatest(d.deaths, b.most + 1) as together
    from (
      select count(*) as n, count(o.alone_since) as suspects, count(*) filter (where o.slot = 'short') as short,
        count(*) filter (where o.slot = 'long') as long, max(o.deaths) filter (where o.slot = 'long') as most
      from task o
      where o.state = 'running' and o.worker = t.worker and o.id <> t.id
        and 'long' in (t.slot, o.slot)) b) beside) death
