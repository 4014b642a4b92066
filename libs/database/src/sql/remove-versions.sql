-- Removes the versions of the dataset $1; answers of each how many members it has, which stay for now.
delete from dataset_version where dataset_id = $1 returning id, clips
