-- outside a transaction: the tables may be large and in use
CREATE INDEX CONCURRENTLY IF NOT EXISTS "job_workspace_id_state_id_idx" ON "job"("workspace_id", "state", "id");
CREATE INDEX CONCURRENTLY IF NOT EXISTS "job_workspace_id_kind_state_id_idx" ON "job"("workspace_id", "kind", "state", "id");
CREATE INDEX CONCURRENTLY IF NOT EXISTS "job_retries" ON "job" ("retry_of", "id") WHERE "retry_of" IS NOT NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS "job_ended" ON "job" ("kind", "finished_at") WHERE "finished_at" IS NOT NULL;
-- By the error, not by the state: the state would cost every item that succeeds its update in place (HOT).
CREATE INDEX CONCURRENTLY IF NOT EXISTS "item_failed" ON "item" ("job_id", "index") WHERE "error" IS NOT NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS "clip_deleted" ON "clip" ("deleted_at", "id") WHERE "deleted_at" IS NOT NULL;
-- In place of the index by the lease, which every heartbeat had to write to.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "task_running" ON "task" ("id") WHERE "state" = 'running';
DROP INDEX CONCURRENTLY IF EXISTS "task_leased";
CREATE INDEX CONCURRENTLY IF NOT EXISTS "clip_listed" ON "clip" ("workspace_id", "id") WHERE "deleted_at" IS NULL;
