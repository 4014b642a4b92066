-- What is kept of results: $1 who asks (a number in the group), $2 workspace, $3 hash of the clip's bytes, $4 recipe.
select k.n, d.sha256, d.recipe, d.shape, d.facts, d.bytes, d.pack_sha256 as "packSha256", d.pack_start as "packStart",
  d.pack_bytes as "packBytes"
from unnest($1::int[], $2::uuid[], $3::text[], $4::text[]) as k(n, workspace_id, sha256, recipe)
join derived d on d.workspace_id = k.workspace_id and d.sha256 = k.sha256 and d.recipe = k.recipe
