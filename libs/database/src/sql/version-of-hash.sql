-- The version of the dataset $1 with the content $2.
select
  -- include shown-version
from dataset_version where dataset_id = $1 and hash = $2
