-- The first $4 that are in a state ($5) among so many items ($6): those of a state may lie far apart.
select * from (
-- include items-after
    and i.index <= $3::int + $6::int) i
where i.state = $5
order by i.index limit $4
