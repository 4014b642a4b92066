-- What scoring needs of model versions: $1 their workspaces, $2 their ids.
select v.id, v.workspace_id as "workspaceId", v.classifier, v.number, v.profile,
  v.profile_hash as "profileHash", v.labels, v.decision, v.decision_revision as "decisionRevision",
  json_build_object('sha256', v.artifact_sha256, 'sizeBytes', v.artifact_bytes) as artifact
from unnest($1::uuid[], $2::uuid[]) as w(workspace_id, id)
join model_version v on v.id = w.id and v.workspace_id = w.workspace_id
