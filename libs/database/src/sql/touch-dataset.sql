-- Counts a change of the dataset $1.
update dataset set revision = revision + 1, updated_at = now() where id = $1 returning revision
