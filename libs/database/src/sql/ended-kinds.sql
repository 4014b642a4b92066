-- The kinds of which there are ended jobs, from one to the next by the index: by the newest of each, for the retention
-- removes the oldest, and a search from there goes over all that was removed before.
with recursive kinds as (
  (select kind from job where finished_at is not null order by kind desc, finished_at desc limit 1)
  union all
  select (
    select j.kind from job j where j.finished_at is not null and j.kind < k.kind
    order by j.kind desc, j.finished_at desc limit 1)
  from kinds k where k.kind is not null)
select kind from kinds where kind is not null
