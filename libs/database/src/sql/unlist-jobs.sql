-- Takes up to $3 jobs of a kind ($1) that ended more than $2 days ago out of the list, the oldest first. From then on
-- nobody finds them; the rest of their rows follows in pages.
with old as materialized (
  select id, workspace_id from job where kind = $1 and finished_at < now() - $2 * interval '1 day'
  order by finished_at limit $3 for update skip locked),
gone as (delete from job where id = any(array(select id from old))),
unlisted as (
  insert into unlisted_job (job_id, workspace_id, due_at) select id, workspace_id, now() from old returning 1)
select count(*)::int as n from unlisted
