select checkpoint->'newest' as newest from task where id = $1 and checkpoint is not null
