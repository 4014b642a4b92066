-- The next $3 entries of the index version $1 after the clip $2, with the sample as it is at this revision (null: there
-- is none any more). $5: only those that are not in the collection as they should be. $4 the library's dataset.
select x.clip_id as "clipId", x.wanted, x.revision, x.applied_revision as "appliedRevision",
  case when s.clip_id is not null then jsonb_build_object(
    'sha256', s.sha256, 'filename', c.filename, 'genre', e.label, 'group', e."group", 'tags', s.tags,
    'licence', s.licence, 'author', s.author, 'source', s.source, 'durationSeconds', m.seconds) end as sample
from index_entry x
left join sample s on s.clip_id = x.clip_id
-- include measured-seconds
left join clip c on c.id = s.clip_id
left join dataset d on d.workspace_id = x.workspace_id and d.name = $4
left join dataset_entry e on e.dataset_id = d.id and e.clip_id = x.clip_id
where x.index_version_id = $1 and x.clip_id > $2 and (not $5 or x.applied_revision <> x.revision)
order by x.clip_id limit $3
