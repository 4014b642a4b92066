-- For each queue ($1) and kind of slot the most urgent job of which tasks are still to be written, if no more than $2
-- tasks wait for such slots that are as urgent.
select b.job_id as "jobId", b.stage_index as "stageIndex", b.task
from unnest($1::text[]) q(queue) cross join (values ('short'), ('long')) s(slot)
cross join lateral (
  select * from unwritten_tasks where queue = q.queue and slot = s.slot
  order by priority, job_id, stage_index, task limit 1) b
cross join lateral (
  select count(*)::int as waiting from (
    select from task where queue = q.queue and state = 'queued' and slot = s.slot and priority <= b.priority
    limit $2::int + 1) t) w
where w.waiting <= $2
