-- Whether somebody has asked the job $1 to come to its end with what it has.
select stop_asked_at is not null as asked from job where id = $1
