-- CreateTable
CREATE TABLE "dataset" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_entry" (
    "dataset_id" UUID NOT NULL,
    "clip_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "label" TEXT,
    "group" TEXT,
    "fold" SMALLINT,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_entry_pkey" PRIMARY KEY ("dataset_id","clip_id")
);

-- CreateTable
CREATE TABLE "dataset_version" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "dataset_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "clips" INTEGER NOT NULL,
    "labels" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_member" (
    "version_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "clip_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "group" TEXT,
    "fold" SMALLINT,

    CONSTRAINT "dataset_member_pkey" PRIMARY KEY ("version_id","index")
);

-- CreateTable
CREATE TABLE "classifier" (
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "traffic" JSONB NOT NULL DEFAULT '{}',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "classifier_pkey" PRIMARY KEY ("workspace_id","name")
);

-- CreateTable
CREATE TABLE "model_version" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "classifier" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "artifact_sha256" TEXT NOT NULL,
    "artifact_bytes" BIGINT NOT NULL,
    "recipe" TEXT NOT NULL,
    "profile" JSONB NOT NULL,
    "profile_hash" TEXT NOT NULL,
    "labels" TEXT[],
    "dataset_version_id" UUID,
    "job_id" UUID,
    "provenance" JSONB NOT NULL,
    "metrics" JSONB NOT NULL,
    "card" JSONB NOT NULL,
    "decision" JSONB NOT NULL DEFAULT '{}',
    "decision_revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "dataset_workspace_id_name_key" ON "dataset"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "dataset_entry_clip_id_idx" ON "dataset_entry"("clip_id");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_version_dataset_id_number_key" ON "dataset_version"("dataset_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_version_dataset_id_hash_key" ON "dataset_version"("dataset_id", "hash");

-- CreateIndex
CREATE INDEX "dataset_member_clip_id_idx" ON "dataset_member"("clip_id");

-- CreateIndex
CREATE INDEX "model_version_job_id_idx" ON "model_version"("job_id");

-- CreateIndex
CREATE INDEX "model_version_dataset_version_id_idx" ON "model_version"("dataset_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "model_version_workspace_id_classifier_number_key" ON "model_version"("workspace_id", "classifier", "number");
