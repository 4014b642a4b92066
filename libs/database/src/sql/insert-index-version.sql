-- The next version of the embedder $3 in the workspace $2, unless $1 is there; the library is held. $4 metric,
-- $5 collection, $6 job.
insert into index_version (id, workspace_id, embedder, number, metric, collection, job_id)
select $1::uuid, $2::uuid, $3, 1 + coalesce(max(number), 0), $4, $5, $6::uuid
from index_version where workspace_id = $2 and embedder = $3
on conflict (id) do nothing
