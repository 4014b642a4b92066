update task set alone_since = now() where id = $1 and attempt = $2 and state = 'running'
returning id
