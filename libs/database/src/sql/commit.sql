-- Every writer of several tables locks the job's row first, jobs in the order of their ids: that order keeps them from
-- deadlocks, and event numbers, given under that lock, become visible in their order. The tasks wait for the count of
-- the locked jobs. Rows are found by their keys whatever the tables held when the statement was planned: a key in an
-- array, a state that no index knows, and for items, which all exist, an insert that always meets its row. Results come
-- as arrays: as one JSON document they were parsed twice, half of a commit's time.
-- $1 tasks, $2 their attempts; $3 for which task (from 1) an outcome is, $4 its item, $5 result or $6 error; $7 up to
-- how many tasks of an opened stage are rung for by whoever opens it.
with closing as materialized (
  select * from unnest($1::bigint[], $2::int[]) with ordinality as c(id, attempt, n)),
outcomes as materialized (
  select n, index, result, error, case when error is null then 'succeeded' else 'failed' end as state
  from unnest($3::int[], $4::int[], $5::json[], $6::jsonb[]) as o(n, index, result, error)),
jobs as materialized (
  select id, total, priority, waiter from job where id = any(array(
    select t.job_id from closing c cross join lateral (select job_id from task where id = c.id offset 0) t))
  order by id for update),
done as (
  update task t set state = 'succeeded', finished_at = now(), lease_until = null
  where t.id = any(array(select id from closing)) and (select count(*) from jobs) > 0
    and t.state = (select 'running' from closing c where c.id = t.id and c.attempt = t.attempt limit 1)
  returning t.id, t.attempt, t.job_id, t.stage_index, t.workspace_id),
items as (
  insert into item (job_id, index, workspace_id, state, result, error)
  select d.job_id, o.index, d.workspace_id, o.state, o.result, o.error
  from done d join closing c on c.id = d.id and c.attempt = d.attempt join outcomes o on o.n = c.n
  on conflict (job_id, index) do update
  set state = excluded.state, result = excluded.result, error = excluded.error
  where item.state = 'pending'
  returning job_id, index, state, result, error),
counted as (
  select job_id, count(*)::int as items, (count(*) filter (where state = 'succeeded'))::int as succeeded,
    (count(*) filter (where state = 'failed'))::int as failed, min(error::text)::jsonb as error
  from items group by job_id),
stages as (
  update stage s set remaining = s.remaining - d.tasks, closed_at = case when s.remaining = d.tasks then now() end
  from (select job_id, stage_index, count(*)::int as tasks from done group by job_id, stage_index) d
  where s.job_id = d.job_id and s.index = d.stage_index
  returning s.job_id, s.index, s.remaining),
opened as (
  update stage n set opened = n.opened + 1, opened_at = now() from stages s
  where s.remaining = 0 and n.job_id = s.job_id and n.index = s.index + 1
  returning n.job_id, n.index, n.workspace_id, n.name, n.task, n.queue, n.items_per_task, n.tasks),
new_tasks as (
  insert into task (workspace_id, job_id, stage_index, name, queue, priority, from_index, to_index, ring_at, rings)
  select o.workspace_id, o.job_id, o.index, o.task, o.queue, j.priority, f, least(f + o.items_per_task, j.total),
    now() + case when o.tasks <= $7 then interval '2 s' else interval '0 s' end, (o.tasks <= $7)::int
  from opened o join jobs j on j.id = o.job_id
  cross join lateral generate_series(0, greatest(j.total - 1, 0), o.items_per_task) f
  returning id, job_id, queue, priority, greatest(to_index - from_index, 1) as items, rings),
changes as (
  select d.job_id, coalesce(c.items, 0) as items, coalesce(c.succeeded, 0) as succeeded,
    coalesce(c.failed, 0) as failed, c.error, o.index as opened_index, o.name as opened_name,
    exists (select from stages s where s.job_id = d.job_id and s.remaining = 0) and o.index is null as ends
  from (select distinct job_id from done) d
  left join counted c on c.job_id = d.job_id
  left join opened o on o.job_id = d.job_id),
changed as (
  update job j
  set succeeded = j.succeeded + c.succeeded, failed = j.failed + c.failed,
    stage_index = coalesce(c.opened_index, j.stage_index), started_at = coalesce(j.started_at, now()),
    state = case
      when not c.ends then 'running'
      when j.total > 0 and j.failed + c.failed = j.total then 'failed'
      else 'succeeded' end,
    error = case when c.ends and j.total > 0 and j.failed + c.failed = j.total then
      case
        when j.total = 1 then coalesce(c.error, (select i.error from item i where i.job_id = j.id and i.index = 0))
        else jsonb_build_object('code', 'ALL_ITEMS_FAILED', 'detail', j.total || ' of ' || j.total || ' items failed')
      end end,
    finished_at = case when c.ends then now() end,
    events = j.events + (c.ends or c.opened_index is not null or
      100 * (j.succeeded + j.failed + c.items) / greatest(j.total, 1)
        > 100 * (j.succeeded + j.failed) / greatest(j.total, 1))::int
  from changes c where j.id = c.job_id
  returning j.id, j.workspace_id, j.state, j.total, j.succeeded, j.failed, j.error, j.events, j.waiter, j.started_at,
    j.finished_at, c.ends, c.opened_name, c.items,
    c.ends or c.opened_index is not null or
      100 * (j.succeeded + j.failed) / greatest(j.total, 1)
        > 100 * (j.succeeded + j.failed - c.items) / greatest(j.total, 1) as tells),
new_events as (
  insert into event (job_id, number, workspace_id, type, data)
  select id, events, workspace_id,
    case when ends then 'job.finished' when opened_name is not null then 'job.stage' else 'job.progress' end,
    jsonb_build_object(
      'state', state, 'stage', opened_name, 'succeeded', succeeded, 'failed', failed, 'total', total)
  from changed where tells),
answers as (
  select c.waiter,
    json_build_object('jobId', c.id, 'state', c.state, 'succeeded', c.succeeded, 'failed', c.failed, 'error', c.error,
      'startedAt', c.started_at, 'finishedAt', c.finished_at, 'items', (
        select json_agg(json_build_object('index', i.index, 'state', i.state, 'result', i.result, 'error', i.error)
          order by i.index)
        from items i where i.job_id = c.id)) as answer,
    json_build_object('jobId', c.id) as notice, c.items = c.total and c.total <= 8 as whole
  from changed c where c.ends and c.waiter is not null),
told as (
  select count(pg_notify(waiter,
    case when whole and octet_length(answer::text) < 7900 then answer::text else notice::text end)) as n
  from answers)
select d.id as task,
  case when d.id = (select min(e.id) from done e where e.job_id = d.job_id) then (
    select json_agg(json_build_object('id', n.id, 'queue', n.queue, 'priority', n.priority, 'items', n.items))
    from new_tasks n where n.job_id = d.job_id and n.rings = 1) end as opened
from done d, told
