-- The versions of datasets that hold the clip $1.
select d.name, v.number from dataset_member m
join dataset_version v on v.id = m.version_id join dataset d on d.id = v.dataset_id
where m.clip_id = $1 group by d.name, v.number order by d.name, v.number
