-- The next $3 entries of the index version $1 after the clip $2, with the sample whose vector it is (null: it is not in
-- the library any more). $4: only those that are not in the collection as they should be.
select x.clip_id as "clipId", x.wanted, x.revision, x.applied_revision as "appliedRevision",
  case when s.clip_id is not null then jsonb_build_object('sha256', s.sha256, 'filename', c.filename) end as sample
from index_entry x
left join sample s on s.clip_id = x.clip_id
left join clip c on c.id = s.clip_id
where x.index_version_id = $1 and x.clip_id > $2 and (not $4 or x.applied_revision <> x.revision)
order by x.clip_id limit $3
