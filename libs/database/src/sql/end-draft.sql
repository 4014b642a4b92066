-- A job ($1) is whole and listed by the same transaction. No row: it is removed already. Of $2 items that earlier
-- transactions wrote the last one tells whether all are there (hold-draft).
delete from unlisted_job where job_id = $1 and due_at > now()
returning $2 = 0 or exists (select from item where job_id = $1 and index = $2::int - 1) as "isWhole"
