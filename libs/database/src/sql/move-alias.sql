-- $1 workspace, $2 scope, $3 name, $4 target, $5 how often it has been moved before, as far as is known. Each move is
-- noted, and one that was removed counts on when it is made again.
with moved as (
  update alias set target = $4, version = version + 1, moved_at = now()
  where workspace_id = $1 and scope = $2 and name = $3 and version = $5
  returning version),
made as (
  insert into alias (workspace_id, scope, name, target, version)
  select $1, $2, $3, $4, 1 + coalesce((
    select max(version) from alias_move where workspace_id = $1 and scope = $2 and name = $3), 0)
  where $5 = 0
  on conflict do nothing
  returning version),
noted as (
  insert into alias_move (workspace_id, scope, name, version, target)
  select $1, $2, $3, version, $4 from (select version from moved union all select version from made) m)
select version from moved union all select version from made
