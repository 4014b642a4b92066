-- Removes up to $2 answers that were kept under an idempotency key for $1 hours.
with gone as (
  delete from idempotency_key
  where ctid = any(array(
    select ctid from idempotency_key where created_at < now() - $1 * interval '1 h' limit $2))
  returning 1)
select count(*)::int as n from gone
