-- Asks a job ($1) of a workspace ($2) that has not ended to come to its end with what it has.
update job set stop_asked_at = coalesce(stop_asked_at, now())
where id = $1 and workspace_id = $2 and finished_at is null
returning id
