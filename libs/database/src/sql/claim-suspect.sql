-- Claims a suspect of the queues ($3) that has waited for $7 seconds, if one stands among the first $4 of a queue:
-- suspects are old, so they do.
with
-- include able,
wanted as (select distinct q as queue from unnest($3::text[]) q),
-- include rooms,
front as materialized (
  select w.* from rooms r cross join lateral (
    select t.id, t.suspect from task t
    where t.queue = r.queue and t.state = 'queued' and t.run_after <= now() - $7 * interval '1 s' + interval '1 ms'
      and t.version <= (select max(a.version) from able a where a.name = t.name)
    order by t.priority, t.id limit $4) w
  where r.room is null or r.room > 0),
picked as materialized (
  select id from task
  where id = any(array(select id from front where suspect)) and state || '' = 'queued'
  order by priority, id limit 1 for update skip locked),
-- include claimed-tasks
