-- Takes up to $4 jobs of a kind ($1) that ended more than $2 days ago, and not before $3, out of the list, the oldest
-- first; answers when the last of them had ended. From then on nobody finds them; the rest of their rows follows in
-- pages. From place to place: a search from the beginning would go over all that was taken out before.
with old as materialized (
  select id, workspace_id, finished_at from job
  where kind = $1 and finished_at < now() - $2 * interval '1 day' and finished_at >= $3::timestamptz
  order by finished_at limit $4 for update skip locked),
gone as (delete from job where id = any(array(select id from old))),
unlisted as (
  insert into unlisted_job (job_id, workspace_id, due_at) select id, workspace_id, now() from old returning 1)
select count(*)::int as n, coalesce(max(finished_at), $3::timestamptz) as last from old
