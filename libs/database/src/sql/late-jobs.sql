select id from job where deadline_at < now() and finished_at is null order by id limit 100
