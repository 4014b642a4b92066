-- The first sample of the workspace $1 with each of the hashes $2, where there is one.
select distinct on (sha256) sha256, clip_id as "clipId" from sample
where workspace_id = $1 and sha256 = any($2::text[]) order by sha256, added_at, clip_id
