-- Locks those of the jobs ($1) that have not ended, in the order of their ids. What comes after in the same transaction
-- sees all that was written under the locks before: a statement takes its snapshot when it begins, and one that waited
-- for a lock would work on what was there before it waited.
select id from job where id = any($1::uuid[]) and finished_at is null order by id for update
