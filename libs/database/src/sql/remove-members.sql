-- Removes members of the version $1 up to the index $2.
delete from dataset_member where version_id = $1 and index <= $2
