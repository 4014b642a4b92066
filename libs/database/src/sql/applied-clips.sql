-- The next $3 clips of the index version $1 after $2 that its collection has; $4: only those whose crowding was not
-- measured.
select clip_id as "clipId" from index_entry
where index_version_id = $1 and clip_id > $2 and wanted and applied_revision = revision and (not $4 or crowding is null)
order by clip_id limit $3
