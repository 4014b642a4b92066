-- Whether a member of the version $2 (of the workspace $1) is of the fold $3.
select exists (select from dataset_member m where m.version_id = $2 and m.workspace_id = $1 and m.fold = $3) as found
