-- Claims waiting tasks of the queues ($3) that take slots of the kind $8 and are more urgent than $9, until they cover
-- $7 items, suspects among them if $4. Queue by queue, for the index has each queue's tasks in their order.
with
-- include able,
wanted as (select distinct q as queue from unnest($3::text[]) q),
-- include rooms,
waiting as materialized (
  select w.* from rooms r cross join lateral (
    select t.id, t.priority, t.suspect, greatest(t.to_index - t.from_index, 1) as items from task t
    where t.queue = r.queue and t.state = 'queued' and t.run_after <= now() + interval '1 ms' -- see claim-ids
      and ($4 or not t.suspect) and t.slot = $8 and t.priority < $9
      and t.version <= (select max(a.version) from able a where a.name = t.name)
    order by t.priority, t.id limit least($7, r.room) for update skip locked) w),
admitted as (
  select * from waiting
  where not suspect or id = (select id from waiting where suspect order by priority, id limit 1)),
picked as materialized (
  select id from (
    select id, sum(items) over (order by priority, id) - items as before from admitted) w
  where before < $7),
-- include claimed-tasks
