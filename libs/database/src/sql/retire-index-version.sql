-- The version $1 is followed no longer, unless it is the one that is asked; the library is held.
update index_version v set retired_at = coalesce(v.retired_at, now())
where v.id = $1 and not exists (
  select from alias a where a.workspace_id = v.workspace_id and a.scope = 'index:' || v.embedder and a.name = 'live'
    and a.target = v.id::text)
returning v.id
