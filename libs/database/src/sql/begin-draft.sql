-- A job ($1) of a workspace ($2) that nobody finds before it is whole; $3 seconds without a further page, and its rows
-- are removed.
insert into unlisted_job (job_id, workspace_id, due_at) values ($1, $2, now() + $3 * interval '1 s')
