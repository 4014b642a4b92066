-- A further page of a job ($1) follows: it is not removed within the next $2 seconds. No row: it is removed already.
-- The page need not be flushed, for the transaction that lists the job flushes all before it. Until then a crash may
-- forget pages, the last ones and no other: so what was written before ($3 items) is whole if its last item is there.
update unlisted_job set due_at = now() + $2 * interval '1 s' where job_id = $1 and due_at > now()
returning $3 = 0 or exists (select from item where job_id = $1 and index = $3::int - 1) as "isWhole",
  set_config('synchronous_commit', 'off', true)
