-- The dataset that the samples of the workspace $2 are entries of, made with the id $1 unless it is there.
insert into dataset (id, workspace_id, name, description) values ($1, $2, $3, 'The sample library')
on conflict do nothing
