-- What goes back to the versions of the dataset $2 in the workspace $1: models, and jobs that have not ended.
select 'model' as what, m.classifier || ' ' || m.number as name
from model_version m join dataset_version v on v.id = m.dataset_version_id
where v.dataset_id = $2 and m.workspace_id = $1
union all
select 'job', j.id::text from job j
where j.workspace_id = $1 and j.finished_at is null
  and j.input->>'datasetVersionId' in (select v.id::text from dataset_version v where v.dataset_id = $2)
limit 10
