-- How many clips of the dataset $1 have each label; null: none.
select label, count(*)::int as clips from dataset_entry where dataset_id = $1 group by label order by label collate "C"
