-- CreateTable
CREATE TABLE "derived" (
    "workspace_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "recipe" TEXT NOT NULL,
    "shape" INTEGER[],
    "facts" JSONB NOT NULL,
    "bytes" BYTEA,
    "pack_sha256" TEXT,
    "pack_start" INTEGER,
    "pack_bytes" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "derived_pkey" PRIMARY KEY ("workspace_id","sha256","recipe")
);

ALTER TABLE "derived" ADD CONSTRAINT "derived_place" CHECK (("bytes" IS NULL) = ("pack_sha256" IS NOT NULL));
