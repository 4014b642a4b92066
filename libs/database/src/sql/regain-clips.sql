-- The version $1 has lost none of its clips any more.
update dataset_version set lost = 0 where id = $1
returning
  -- include shown-version
