-- Of the groups $3 those that no member of the version $2 (of the workspace $1) is of.
select g as "group" from unnest($3::text[]) with ordinality as asked(g, place)
where not exists (select from dataset_member m where m.version_id = $2 and m.workspace_id = $1 and m."group" = g)
order by place
