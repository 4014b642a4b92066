-- The first $4 of the failed items. They alone carry an error, and have an index by it: one by the state would cost
-- every item that succeeds its update in place.
-- include items-after
  and i.error is not null
order by i.index limit $4
