select id from job where id = any($1::uuid[]) and finished_at is not null
