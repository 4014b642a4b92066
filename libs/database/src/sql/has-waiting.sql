select 1 as waits from task
where queue = any($1::text[]) and state = 'queued' and run_after <= now() - $2 * interval '1 ms' limit 1
