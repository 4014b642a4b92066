-- The next $4 samples of the workspace $1 (its dataset $2) after the clip $3.
select
-- include sample
-- include filtered-samples
order by e.clip_id limit $4
