insert into idempotency_key (
  workspace_id, holder, method, path, key, fingerprint, request_id, status, body, job_id)
values ($1, $2, $3, $4, $5, $6, gen_random_uuid(), $7, $8, $9) on conflict do nothing
returning 1 as inserted
