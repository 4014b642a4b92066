-- Whether a task of the queues ($1) and the kind of slot ($3) could have been claimed for $2 ms by a worker that can do
-- the contracts $4 up to the versions $5. Where a queue is paused or limited, nobody can say.
select 1 as waits from task t
where t.queue = any($1::text[]) and t.state = 'queued' and t.slot = $3 and not t.suspect
  and not exists (select from queue_rule r where r.queue = t.queue and (r.paused or r.limit_tasks is not null))
  and t.run_after <= now() - $2 * interval '1 ms'
  and t.version <= (
    select max(a.version) from unnest($4::text[], $5::int[]) as a(name, version) where a.name = t.name)
limit 1
