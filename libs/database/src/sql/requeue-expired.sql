-- Puts tasks whose lease ran out back. Those of a dead worker become suspects, which run alone; one that runs in a long
-- slot does not: it is judged by whether its worker held anything else, and waits if that was a suspect, for as long as
-- one needs to be taken and done, and longer each time from its fourth death on; for a moment if it was a short
-- task, which is a suspect now, so that this is taken first; and if it was another long task, from their fourth
-- death on, for up to a minute, and up to one more each time, so that the two part for longer than one of them needs
-- to kill. Chunks of dead workers are left to split-expired, and what has one death less than $3 and dies again to
-- take-quarantined.
with expired as materialized (
  select t.id, death.is_dead, death.deaths, death.counts, death.parted, death.shared, death.paired,
    death.together
  from task t
  -- include death
  where t.state = 'running' and t.lease_until < $2 and (t.to_index - t.from_index <= 1 or not death.is_dead)
    and death.settled and not (death.counts and t.kills + 1 >= $3)
  order by t.id limit 2000 for update of t skip locked)
update task t
set state = 'queued', suspect = t.suspect or (e.is_dead and t.slot = 'short'), kills = t.kills + e.counts::int,
  deaths = e.deaths, alone_since = null, lease_until = null,
  run_after = now()
    + case when e.parted then greatest(least(e.deaths, 20) - 2, 1) * interval '15 s'
        when e.paired then random() * least(e.together - 3, 10) * interval '1 min'
        when e.shared then interval '2 s' else interval '0' end,
  ring_at = now() + interval '2 s', rings = 1
from expired e where t.id = e.id
returning t.id, t.queue, t.slot, t.priority, greatest(t.to_index - t.from_index, 1) as items
