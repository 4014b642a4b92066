-- Of the index version $1: samples that should be in its collection, those of them that are, and entries that it is
-- yet to follow.
select count(*) filter (where wanted)::int as wanted,
  count(*) filter (where wanted and applied_revision = revision)::int as applied,
  count(*) filter (where applied_revision <> revision)::int as due
from index_entry where index_version_id = $1
