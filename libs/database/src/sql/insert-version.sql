-- $1 id, $2 workspace, $3 dataset (which is locked), $4 its revision, $5 hash, $6 clips, $7 labels.
insert into dataset_version (id, workspace_id, dataset_id, number, revision, hash, clips, labels)
select $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, $6, $7 from dataset_version where dataset_id = $3
returning
  -- include shown-version
