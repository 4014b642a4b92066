-- What predictions over a clip ($2) of a workspace ($1) came to, the newest first: at most $5, before one ($3 job,
-- $4 index). Other work over the clip lies between them, maybe very much: no more than $6 items are looked at, and
-- "lookEnd" is where that look ended; null where it has seen the last, or found enough before. Without any prediction
-- there is one row that says so alone: asked for later, the end would be that of another look.
-- Of a result it takes what was answered. Very many windows may stand beside it and are read all the same: so the page
-- ends after the one with which results come to half a MB as they are stored, and `found` is of how many it is the
-- beginning.
with looked as materialized (
  select job_id, index from item
  where clip_id = $2 and (job_id, index) < ($3::uuid, $4::int) order by job_id desc, index desc limit $6),
page as materialized (
  select l.job_id, l.index from looked l join job j on j.id = l.job_id
  where j.workspace_id = $1 and j.kind = 'predict' order by l.job_id desc, l.index desc limit $5)
select i.job_id as "jobId", i.index, j.created_at as "createdAt", j.finished_at as "finishedAt",
  j.retry_of as "retryOf", (j.input->>'windowSeconds')::float8 as "windowSeconds",
  case when i.state = 'pending' and j.finished_at is not null then 'cancelled' else i.state end as state,
  (select row_to_json(m) from jsonb_to_record(j.input) as m(
    "modelVersionId" uuid, classifier text, version int, alias text) where j.id is not null) as model,
  (select row_to_json(r) from json_to_record(i.result) as r(
    label text, confidence float8, "isUnknown" boolean, threshold float8) where i.result is not null) as result,
  i.error, i.found, look."end" as "lookEnd"
from (
  select case when (select count(*) from page) < $5 then (
    select json_build_object('jobId', job_id, 'index', index) from looked
    order by job_id desc, index desc limit 1 offset $6::int - 1) end as "end") look
left join (
  select i.job_id, i.index, i.state, i.result, i.error, count(*) over ()::int as found,
    sum(pg_column_size(i.result)) over (
      order by i.job_id desc, i.index desc rows between unbounded preceding and 1 preceding) as bytes_before
  from page p join item i on i.job_id = p.job_id and i.index = p.index) i on true
left join job j on j.id = i.job_id
where coalesce(i.bytes_before, 0) < 500000
order by i.job_id desc, i.index desc
