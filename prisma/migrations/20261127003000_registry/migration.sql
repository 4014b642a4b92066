-- AlterTable
ALTER TABLE "classifier" ADD COLUMN     "last_number" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "alias_move" (
    "workspace_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "target" TEXT NOT NULL,
    "moved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alias_move_pkey" PRIMARY KEY ("workspace_id","scope","name","version")
);
