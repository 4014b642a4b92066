-- AlterTable
ALTER TABLE "index_version" ADD COLUMN     "crowding_mark" BIGINT NOT NULL DEFAULT -1,
ADD COLUMN     "mark" BIGINT NOT NULL DEFAULT 0;
