-- The next $4 samples of the workspace $1 (its dataset $2) after the clip $3, by their ids alone.
select e.clip_id as "clipId"
-- include from-samples
-- include filtered-samples
order by e.clip_id limit $4
