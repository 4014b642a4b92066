-- The scaler of the version $1: $2, unless it has one.
update index_version set scaler = coalesce(scaler, $2::jsonb) where id = $1 returning scaler
