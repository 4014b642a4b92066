-- How many tasks each part of the `stages` (workspace_id, job_id, index, priority, total, parts, outputs) comes to: one
-- for each chunk of the items, one for the job, or as many as the output of an earlier stage (`outputs`) says. Until
-- that stage has ended it is none; an output that then says no number is refused. A job without items has one task
-- where others have chunks.
planned as materialized (
  select s.workspace_id, s.job_id, s.index, s.priority, s.total, p.task, p.version, p.queue, p.slot,
    p."itemsPerTask" as items_per_task,
    case
      when p."itemsPerTask" > 0 then greatest(1, ceil(s.total::numeric / p."itemsPerTask")::int)
      when p."countOf" is null then 1
      when s.outputs is null then 0
      when said.tasks >= 1 then said.tasks
      else (p."countOf"::text || ' says no number of tasks')::int -- the text is the error, or the stage had no end
    end as tasks
  from stages s cross join lateral jsonb_to_recordset(s.parts) as p(
    task text, version smallint, queue text, slot text, "itemsPerTask" int, "countOf" jsonb)
  cross join lateral (
    select (s.outputs->(p."countOf"->>'stage')->>(p."countOf"->>'name'))::int as tasks) said)
