-- CreateTable
CREATE TABLE "sample" (
    "clip_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "licence" TEXT,
    "author" TEXT,
    "source" TEXT,
    "url" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sample_pkey" PRIMARY KEY ("clip_id")
);

-- CreateTable
CREATE TABLE "index_version" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "embedder" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "metric" TEXT NOT NULL,
    "scaler" JSONB,
    "collection" TEXT NOT NULL,
    "job_id" UUID,
    "report" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "index_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "index_entry" (
    "index_version_id" UUID NOT NULL,
    "clip_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "wanted" BOOLEAN NOT NULL DEFAULT true,
    "revision" BIGSERIAL NOT NULL,
    "applied_revision" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "index_entry_pkey" PRIMARY KEY ("index_version_id","clip_id")
);

-- CreateIndex
CREATE INDEX "sample_workspace_id_sha256_idx" ON "sample"("workspace_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "index_version_workspace_id_embedder_number_key" ON "index_version"("workspace_id", "embedder", "number");

-- What is not in its collection yet.
CREATE INDEX "index_entry_due" ON "index_entry"("index_version_id", "clip_id") WHERE "applied_revision" <> "revision";

-- A dataset may have been called `library` before.
INSERT INTO "sample" ("clip_id", "workspace_id", "sha256")
SELECT e."clip_id", e."workspace_id", c."sha256"
FROM "dataset" d JOIN "dataset_entry" e ON e."dataset_id" = d."id" JOIN "clip" c ON c."id" = e."clip_id" WHERE d."name" = 'library';
