from dataset d
join dataset_entry e on e.dataset_id = d.id
join sample s on s.clip_id = e.clip_id
join clip c on c.id = e.clip_id
-- include measured-seconds
