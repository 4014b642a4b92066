-- $1 version, $2 workspace, $3 the first index, $4 to $9 the columns of the members.
insert into dataset_member (version_id, workspace_id, index, clip_id, sha256, filename, label, "group", fold)
select $1, $2, $3 + n - 1, clip_id, sha256, filename, label, "group", fold
from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::smallint[]) with ordinality
  as m(clip_id, sha256, filename, label, "group", fold, n)
