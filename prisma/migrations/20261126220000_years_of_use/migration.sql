CREATE TABLE "unlisted_job" (
    "job_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unlisted_job_pkey" PRIMARY KEY ("job_id")
);

CREATE INDEX "unlisted_job_due_at_idx" ON "unlisted_job"("due_at");

-- A fifth of a table dead before anybody tidies up (the default) is far too much where each row is updated several times and
-- claims walk over what is dead; and statistics of the first minutes must not stay for hours.
ALTER TABLE "task" SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_limit = 2000, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "job" SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_limit = 2000, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "stage" SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_limit = 2000);
ALTER TABLE "item" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_limit = 2000, autovacuum_analyze_scale_factor = 0.05);
ALTER TABLE "blob" SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "idempotency_key" SET (autovacuum_vacuum_scale_factor = 0.02);
