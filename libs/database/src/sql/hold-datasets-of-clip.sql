-- Locks the datasets that have the clip $1: nobody freezes them meanwhile.
select id, name from dataset where id in (select dataset_id from dataset_entry where clip_id = $1)
order by id for update
