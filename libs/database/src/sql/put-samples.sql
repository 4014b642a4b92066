-- What $2 says of samples of the workspace $1: a list of `{clipId, said}`; what a document does not name stays as
-- it is. Answers those that have changed.
with input as materialized (
  select i."clipId" as clip_id, i.said from jsonb_to_recordset($2::jsonb) as i("clipId" uuid, said jsonb)),
merged as materialized (
  select s.clip_id,
    case when i.said ? 'tags' then array(select jsonb_array_elements_text(i.said->'tags')) else s.tags end as tags,
    case when i.said ? 'licence' then i.said->>'licence' else s.licence end as licence,
    case when i.said ? 'author' then i.said->>'author' else s.author end as author,
    case when i.said ? 'source' then i.said->>'source' else s.source end as source,
    case when i.said ? 'url' then i.said->>'url' else s.url end as url,
    case when i.said ? 'metadata' then i.said->'metadata' else s.metadata end as metadata
  from input i join sample s on s.clip_id = i.clip_id and s.workspace_id = $1)
update sample s set tags = m.tags, licence = m.licence, author = m.author, source = m.source, url = m.url,
  metadata = m.metadata
from merged m
where s.clip_id = m.clip_id
  and (s.tags, s.licence, s.author, s.source, s.url, s.metadata)
    is distinct from (m.tags, m.licence, m.author, m.source, m.url, m.metadata)
returning s.clip_id as "clipId"
