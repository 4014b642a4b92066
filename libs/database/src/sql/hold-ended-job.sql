-- A job ($1) that has ended is not removed before this transaction ends. No row: it is removed already.
select id from job where id = $1 for key share
