-- What the tasks called $2 of a job ($1) have put out.
select stage_index as "stageIndex", ordinal, output from task
where job_id = $1 and name = $2 and state = 'succeeded' and output is not null
order by stage_index, ordinal, from_index
