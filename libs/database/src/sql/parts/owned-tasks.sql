-- Tasks ($1) that these attempts ($2) own, locked in the order of their ids.
owned as materialized (
  select t.id from task t
  join unnest($1::bigint[], $2::int[]) as o(id, attempt) on t.id = o.id and t.attempt = o.attempt
  where t.state = 'running' order by t.id for update of t)
