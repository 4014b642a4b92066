-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "workspace" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blob" (
    "workspace_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "references" INTEGER NOT NULL,
    "unreferenced_at" TIMESTAMPTZ(3),

    CONSTRAINT "blob_pkey" PRIMARY KEY ("workspace_id","sha256")
);

-- CreateTable
CREATE TABLE "clip" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "clip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "priority" SMALLINT NOT NULL,
    "input" JSONB NOT NULL,
    "metadata" JSONB NOT NULL,
    "total" INTEGER NOT NULL,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "error" JSONB,
    "stage_index" SMALLINT NOT NULL DEFAULT 0,
    "events" INTEGER NOT NULL DEFAULT 0,
    "waiter" TEXT,
    "retry_of" UUID,
    "request_id" TEXT,
    "deadline_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage" (
    "job_id" UUID NOT NULL,
    "index" SMALLINT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "items_per_task" INTEGER NOT NULL,
    "tasks" INTEGER NOT NULL,
    "remaining" INTEGER NOT NULL,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "stage_pkey" PRIMARY KEY ("job_id","index")
);

-- CreateTable
CREATE TABLE "task" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "stage_index" SMALLINT NOT NULL,
    "name" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "priority" SMALLINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "from_index" INTEGER NOT NULL,
    "to_index" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "retries" SMALLINT NOT NULL DEFAULT 0,
    "suspect" BOOLEAN NOT NULL DEFAULT false,
    "kills" SMALLINT NOT NULL DEFAULT 0,
    "alone_since" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "worker" TEXT,
    "run_after" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ring_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rings" SMALLINT NOT NULL DEFAULT 0,
    "checkpoint" JSONB,
    "error" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item" (
    "job_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "custom_id" TEXT,
    "clip_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "result" JSON,
    "error" JSONB,

    CONSTRAINT "item_pkey" PRIMARY KEY ("job_id","index")
);

-- CreateTable
CREATE TABLE "event" (
    "job_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("job_id","number")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "workspace_id" UUID NOT NULL,
    "holder" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "request_id" UUID NOT NULL,
    "status" SMALLINT NOT NULL,
    "body" TEXT NOT NULL,
    "job_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("workspace_id","holder","method","path","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "workspace_name_key" ON "workspace"("name");

-- CreateIndex
CREATE INDEX "job_workspace_id_id_idx" ON "job"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "task_job_id_stage_index_idx" ON "task"("job_id", "stage_index");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- What Prisma's schema cannot say: indexes over a part of the rows (tools/src/migration/only-in-sql.ts), closed sets, and the countdown's floor.
CREATE INDEX "blob_unreferenced" ON "blob" ("unreferenced_at") WHERE "unreferenced_at" IS NOT NULL;
CREATE INDEX "task_queued" ON "task" ("queue", "priority", "id") WHERE "state" = 'queued';
CREATE INDEX "task_leased" ON "task" ("lease_until") WHERE "state" = 'running';
CREATE INDEX "job_deadline" ON "job" ("deadline_at") WHERE "deadline_at" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "job_unfinished" ON "job" ("priority", "id") WHERE "finished_at" IS NULL;
CREATE INDEX "item_clip" ON "item" ("clip_id") WHERE "clip_id" IS NOT NULL;

ALTER TABLE "job" ADD CONSTRAINT "job_state" CHECK ("state" IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired')),
  ADD CONSTRAINT "job_ends_once" CHECK (("finished_at" IS NULL) = ("state" IN ('queued', 'running'))),
  ADD CONSTRAINT "job_counts" CHECK ("succeeded" + "failed" <= "total");
ALTER TABLE "stage" ADD CONSTRAINT "stage_countdown" CHECK ("remaining" BETWEEN 0 AND "tasks"),
  ADD CONSTRAINT "stage_opens_once" CHECK ("opened" <= 1);
ALTER TABLE "task" ADD CONSTRAINT "task_state" CHECK ("state" IN ('queued', 'running', 'succeeded', 'failed', 'cancelled'));
ALTER TABLE "item" ADD CONSTRAINT "item_state" CHECK ("state" IN ('pending', 'succeeded', 'failed'));

-- Tasks are updated several times each: room on their pages keeps those updates off the indexes where they can be.
ALTER TABLE "task" SET (fillfactor = 70);
ALTER TABLE "job" SET (fillfactor = 70);
ALTER TABLE "item" SET (fillfactor = 80);
