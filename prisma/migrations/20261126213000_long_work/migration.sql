-- What long work needs. Every column has a default that means what services of the version before do.
ALTER TABLE "job" ADD COLUMN "result" JSONB,
  ADD COLUMN "progress" JSONB,
  ADD COLUMN "started_by" UUID;

ALTER TABLE "stage" ADD COLUMN "parts" JSONB;

ALTER TABLE "task" ADD COLUMN "version" SMALLINT NOT NULL DEFAULT 1,
  ADD COLUMN "slot" TEXT NOT NULL DEFAULT 'short',
  ADD COLUMN "ordinal" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "progress" JSONB,
  ADD COLUMN "output" JSONB;

CREATE TABLE "worker" (
    "name" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ending_at" TIMESTAMPTZ(3),

    CONSTRAINT "worker_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "alias" (
    "workspace_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "moved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alias_pkey" PRIMARY KEY ("workspace_id","scope","name")
);

CREATE INDEX "task_checkpointed" ON "task" ("id") WHERE "checkpoint" IS NOT NULL;
ALTER TABLE "task" ADD CONSTRAINT "task_slot" CHECK ("slot" IN ('short', 'long'));
