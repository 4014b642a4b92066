-- The samples of the workspace $1 (its dataset $2) among the clips $3.
select
-- include sample
where d.workspace_id = $1 and d.name = $2 and e.clip_id = any($3::uuid[])
order by e.clip_id
