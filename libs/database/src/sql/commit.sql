-- Every writer of several tables locks the job's row first, jobs in the order of their ids: that order keeps them from
-- deadlocks, and event numbers, given under that lock, become visible in their order. What is read here after waiting
-- for that lock does not depend on the snapshot from before: rows that are locked or updated are read as they are now,
-- and outputs of earlier stages were committed before these tasks could be claimed.
-- Rows are found by their keys whatever the tables held when the statement was planned: a key in an array, a state that
-- no index knows, and for items, which all exist, an insert that always meets its row. What was sent is taken from its
-- arrays by position: to join them would be a loop over all of them for each. Results come as arrays, too: as one JSON
-- document they were parsed twice, half of a commit's time.
-- $1 tasks, each once, $3 their attempts, $4 what they put out, $5 how they failed as a whole; $6 where the outcomes of
-- each begin, and then where all end, in $7 items, $8 results and $9 errors; $2 up to how many tasks of an opened stage
-- are rung for by whoever opens it.
with jobs as materialized (
  select id, total, priority, waiter from job
  where finished_at is null and id = any(array(
    select t.job_id from unnest($1::bigint[]) c(id)
    cross join lateral (select job_id from task where id = c.id offset 0) t))
  order by id for update),
done as (
  update task t
  set (state, output, error) = (
      select case when c.error is null then 'succeeded' else 'failed' end, c.output, c.error
      from (
        select ($4::jsonb[])[n] as output, ($5::jsonb[])[n] as error from array_position($1::bigint[], t.id) n) c),
    finished_at = now(), lease_until = null
  where t.id = any($1::bigint[]) and t.state || '' = 'running'
    and t.attempt = ($3::int[])[array_position($1::bigint[], t.id)]
    and (t.job_id = any(array(select id from jobs))) is true -- not a key to look for tasks by
  returning t.id, t.attempt, t.job_id, t.stage_index, t.workspace_id, t.output,
    array_position($1::bigint[], t.id) as n),
items as (
  insert into item (job_id, index, workspace_id, state, result, error)
  select d.job_id, o.index, d.workspace_id, case when o.error is null then 'succeeded' else 'failed' end, o.result,
    o.error
  from done d
  cross join lateral (select ($6::int[])[d.n] as first, ($6::int[])[d.n + 1] - 1 as last) part
  cross join lateral unnest(
    ($7::int[])[first:last], ($8::json[])[first:last], ($9::jsonb[])[first:last]) as o(index, result, error)
  on conflict (job_id, index) do update
  set state = excluded.state, result = excluded.result, error = excluded.error
  where item.state = 'pending'
  returning job_id, index, state, result, error),
counted as (
  select job_id, count(*)::int as items, (count(*) filter (where state = 'succeeded'))::int as succeeded,
    (count(*) filter (where state = 'failed'))::int as failed, min(error::text)::jsonb as error
  from items group by job_id),
closed as (
  update stage s set remaining = s.remaining - d.tasks, closed_at = case when s.remaining = d.tasks then now() end
  from (select job_id, stage_index, count(*)::int as tasks from done group by job_id, stage_index) d
  where s.job_id = d.job_id and s.index = d.stage_index
  returning s.job_id, s.index, s.remaining, s.items_per_task, s.tasks),
stages as materialized (
  select n.workspace_id, n.job_id, n.index, n.name, j.priority, j.total,
    coalesce(n.parts, jsonb_build_array(jsonb_build_object('task', n.task, 'version', 1, 'queue', n.queue,
      'slot', 'short', 'itemsPerTask', n.items_per_task))) as parts,
    case when n.parts @? '$[*].countOf ? (@ != null)' then (
      select coalesce(jsonb_object_agg(t.stage_index, coalesce(d.output, t.output)), '{}')
      from task t left join done d on d.id = t.id
      where t.job_id = n.job_id and t.stage_index = any(array(
        select (p->'countOf'->>'stage')::int from jsonb_array_elements(n.parts) p))) end as outputs
  from closed c
  join stage n on n.job_id = c.job_id and n.index = c.index + 1
  join jobs j on j.id = c.job_id
  where c.remaining = 0),
-- include planned-tasks,
opening as (select * from planned),
opened as (
  update stage s
  set opened = s.opened + 1, opened_at = now(), tasks = p.tasks, remaining = p.tasks
  from (select job_id, index, sum(tasks)::int as tasks from planned group by job_id, index) p
  where s.job_id = p.job_id and s.index = p.index
  returning s.job_id, s.index, s.name),
-- include new-tasks,
changes as (
  select d.job_id, coalesce(c.items, 0) as items, coalesce(c.succeeded, 0) as succeeded,
    coalesce(c.failed, 0) as failed, c.error, o.index as opened_index, o.name as opened_name,
    s.remaining = 0 and o.index is null as ends,
    case when s.items_per_task = 0 and s.tasks = 1 then d.output end as output
  from (select job_id, (array_agg(output))[1] as output from done group by job_id) d
  left join counted c on c.job_id = d.job_id
  left join opened o on o.job_id = d.job_id
  left join closed s on s.job_id = d.job_id),
changed as (
  update job j
  set failed = j.failed + c.failed,
    -- What is pending when its job succeeds was used by it as a whole.
    succeeded = case
      when c.ends and j.failed + c.failed < j.total then j.total - j.failed - c.failed
      else j.succeeded + c.succeeded end,
    stage_index = coalesce(c.opened_index, j.stage_index), started_at = coalesce(j.started_at, now()),
    state = case
      when not c.ends then 'running'
      when j.total > 0 and j.failed + c.failed = j.total then 'failed'
      else 'succeeded' end,
    error = case when c.ends and j.total > 0 and j.failed + c.failed = j.total then coalesce(
      case when j.total = 1 then coalesce(c.error, (
        select i.error from item i where i.job_id = j.id and i.index = 0)) end,
      jsonb_build_object('code', 'ALL_ITEMS_FAILED', 'detail', j.total || ' of ' || j.total || ' items failed')) end,
    result = case when c.ends and (j.total = 0 or j.failed + c.failed < j.total) then c.output end,
    progress = case when c.opened_index is null then j.progress end,
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
select d.id as task, d.attempt, d.workspace_id as "workspaceId", d.job_id as "jobId",
  case when d.id = min(d.id) over (partition by d.job_id) then (
    select json_agg(json_build_object('id', n.id, 'queue', n.queue, 'slot', n.slot, 'priority', n.priority,
      'items', n.items))
    from new_tasks n where n.job_id = d.job_id) end as opened
from done d, told
