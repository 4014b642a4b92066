-- Claims tasks by their ids ($3), suspects among them if $4. Sorted by id, or two processes that were rung for the same
-- tasks in another order deadlock. The state is compared as an expression, or a plan may look for the ids in the index
-- of all that waits. `run_after` has milliseconds: of a task that has just been written it may be rounded up.
with
-- include able,
waiting as materialized (
  select t.id, t.queue, t.suspect from task t
  where t.id = any($3::bigint[]) and t.state || '' = 'queued' and t.run_after <= now() + interval '1 ms'
    and ($4 or not t.suspect)
    and t.version <= (select max(a.version) from able a where a.name = t.name)
  order by t.id for update skip locked),
wanted as (select distinct queue from waiting),
-- include rooms,
admitted as materialized (
  select w.id, w.suspect
  from rooms r join (select *, row_number() over (partition by queue order by id) as n from waiting) w using (queue)
  where r.room is null or w.n <= r.room),
picked as materialized (
  select id from admitted where not suspect or id = (select min(id) from admitted where suspect)),
-- include claimed-tasks
