-- Removes the index version $1, which is retired and has no entries.
delete from index_version where id = $1 and retired_at is not null
