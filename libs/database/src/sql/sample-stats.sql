-- What is in the library of the workspace $1 (its dataset $2); of tags, licences and authors the $3 most frequent.
with samples as materialized (
  select e.label as genre, s.tags, s.licence, s.author, m.seconds
  from dataset d
  join dataset_entry e on e.dataset_id = d.id
  join sample s on s.clip_id = e.clip_id
  -- include measured-seconds
  where d.workspace_id = $1 and d.name = $2),
words as (
  select 'genre' as of, genre as word from samples
  union all select 'tag', unnest(tags) from samples
  union all select 'licence', licence from samples
  union all select 'author', author from samples),
counted as (select of, word, count(*)::int as n from words group by of, word),
ranked as (select *, row_number() over (partition by of order by n desc, word collate "C") as rank from counted),
listed as (
  select of, json_agg(json_build_object('word', word, 'samples', n) order by rank) as words
  from ranked where rank <= $3 or of = 'genre' group by of)
select (select count(*)::int from samples) as samples,
  coalesce((select words from listed where of = 'genre'), '[]') as genres,
  coalesce((select words from listed where of = 'tag'), '[]') as tags,
  coalesce((select words from listed where of = 'licence'), '[]') as licences,
  coalesce((select words from listed where of = 'author'), '[]') as authors,
  (select case when count(seconds) > 0 then json_build_object(
    'samples', count(seconds), 'totalSeconds', sum(seconds), 'shortestSeconds', min(seconds),
    'medianSeconds', percentile_cont(0.5) within group (order by seconds), 'longestSeconds', max(seconds)) end
    from samples) as durations
