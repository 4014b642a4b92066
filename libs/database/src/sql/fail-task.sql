-- Under the lock of its job: the task ($1) fails for good with the error ($3), if this attempt ($2) owns it.
update task set state = 'failed', error = $3, finished_at = now(), lease_until = null
where id = $1 and attempt = $2 and state = 'running'
returning id
