-- How many members of the version $2 (of the workspace $1) have their clips and nothing derived by the recipe $3.
select count(*)::int as n from dataset_member m
join clip c on c.id = m.clip_id and c.deleted_at is null
where m.version_id = $2 and m.workspace_id = $1
  and not exists (select from derived d where d.workspace_id = $1 and d.sha256 = m.sha256 and d.recipe = $3)
