-- Holds the dataset that the workspace $1 calls $2: whoever changes or freezes it waits.
select id, name, revision from dataset where workspace_id = $1 and name = $2 for update
