-- The contracts that this worker can do: names ($5) and the newest version of each ($6) that it knows.
able as materialized (select name, version from unnest($5::text[], $6::int[]) as a(name, version))
