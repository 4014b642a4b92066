-- Removes the dataset $1, whose versions are gone, with its entries.
with entries as (delete from dataset_entry where dataset_id = $1)
delete from dataset where id = $1
