-- What the verification of the version $1 found.
update index_version set report = $2::jsonb where id = $1 returning id
