-- At which item a look at $4 items of a clip ($1) before one ($2 job, $3 index) ends. No row: it has seen the last.
select job_id as "jobId", index from item
where clip_id = $1 and (job_id, index) < ($2::uuid, $3::int) order by job_id desc, index desc limit 1 offset $4::int - 1
