-- Lets go of the checkpoints of up to $1 tasks whose job has ended, and of their blobs: on what the last one of a task
-- holds, later stages may work.
with ended as materialized (
  select t.id, t.workspace_id, t.checkpoint from task t
  where t.checkpoint is not null and t.state not in ('queued', 'running')
    and not exists (select from job j where j.id = t.job_id and j.finished_at is null)
  order by t.id limit $1 for update of t skip locked),
released as (update task t set checkpoint = null from ended e where t.id = e.id),
let_go as (
  select e.workspace_id, b->>'sha256' as sha256, count(*)::int as n
  from ended e cross join lateral jsonb_path_query(e.checkpoint, '$.*.blobs[*]') b
  group by e.workspace_id, b->>'sha256'),
locked as materialized (
  select b.workspace_id, b.sha256, l.n from let_go l
  join blob b on b.workspace_id = l.workspace_id and b.sha256 = l.sha256
  order by b.workspace_id, b.sha256 for update of b),
unreferred as (
  update blob b
  set "references" = b."references" - l.n, unreferenced_at = case when b."references" = l.n then now() end
  from locked l where b.workspace_id = l.workspace_id and b.sha256 = l.sha256)
select count(*)::int as n from ended
