-- Adds to what was answered before: $1 workspaces, $2 systems, $3 versions, $4 labels, $5 answers, $6 seconds, $7 the
-- buckets of their durations as JSON lists of equal length. No two of one place, ordered by place.
insert into old_answers as o (workspace_id, system, version, label, answers, seconds, durations)
select w, s, v, l, n, seconds, array(select json_array_elements_text(b)::int)
from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::int[], $6::float8[], $7::json[])
  as a(w, s, v, l, n, seconds, b)
on conflict (workspace_id, system, version, label) do update set
  answers = o.answers + excluded.answers,
  seconds = o.seconds + excluded.seconds,
  durations = array(
    select a.n + b.n from unnest(o.durations) with ordinality as a(n, i)
    join unnest(excluded.durations) with ordinality as b(n, i) using (i) order by i)
