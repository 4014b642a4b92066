-- Tasks of a job ($1) that has ended are not written any more.
delete from unwritten_tasks where job_id = $1
