-- include items-after
  and $5 = case when i.state = 'pending' and j.finished_at is not null then
    case j.state when 'succeeded' then 'succeeded' else 'cancelled' end else i.state end
order by i.index limit $4
