-- AlterTable
ALTER TABLE "dataset_version" ADD COLUMN     "lost" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT -1;

-- CreateIndex
CREATE INDEX "dataset_entry_dataset_id_label_clip_id_idx" ON "dataset_entry"("dataset_id", "label", "clip_id");
