-- Takes the clips $2 out of the dataset $1, which is locked.
delete from dataset_entry where dataset_id = $1 and clip_id = any($2::uuid[]) returning clip_id as "clipId"
