-- $3 milliseconds until it runs again; $4: something was away.
update task
set state = 'queued', retries = retries + (not $4)::int, waits = waits + $4::int, lease_until = null,
  alone_since = null, run_after = now() + $3 * interval '1 ms', ring_at = now() + $3 * interval '1 ms', rings = 0
where id = $1 and attempt = $2 and state = 'running'
