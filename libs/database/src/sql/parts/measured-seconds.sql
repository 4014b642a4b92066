left join lateral (
  select (f.facts->>'durationSeconds')::float8 as seconds from derived f
  where f.workspace_id = s.workspace_id and f.sha256 = s.sha256 and f.facts ? 'durationSeconds' limit 1) m on true
