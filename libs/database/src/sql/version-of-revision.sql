-- The version that was made of the dataset $1 as it still is ($2 its revision).
select
  -- include shown-version
from dataset_version where dataset_id = $1 and revision = $2
