-- How many more tasks of each of the `wanted` queues may begin; null: as many as come. Always in the same order, for
-- under a limit those who claim wait for one another.
rooms as materialized (select queue, queue_room(queue) as room from wanted order by queue)
