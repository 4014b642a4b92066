-- Index versions with what they are: $1 of a workspace, null: of all; $2 of that id, null: whichever.
select v.id, v.workspace_id as "workspaceId", v.embedder, v.number, v.metric, v.scaler, v.collection, v.mark,
  v.crowding_mark as "crowdingMark",
  v.job_id as "jobId", v.report, v.created_at as "createdAt",
  case when v.retired_at is not null then 'retired' when a.target = v.id::text then 'live' else 'building' end as state,
  v.retired_at is null and a.target is distinct from v.id::text and (j.id is null or j.finished_at is not null)
    as abandoned
from index_version v
left join alias a on a.workspace_id = v.workspace_id and a.scope = 'index:' || v.embedder and a.name = 'live'
left join job j on j.id = v.job_id
where ($1::uuid is null or v.workspace_id = $1) and ($2::uuid is null or v.id = $2)
order by v.embedder collate "C", v.number
