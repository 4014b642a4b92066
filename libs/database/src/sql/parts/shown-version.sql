id, dataset_id as "datasetId", number, hash, clips, labels, lost, created_at as "createdAt"
