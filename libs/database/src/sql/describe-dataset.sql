update dataset set description = $2 where id = $1
