-- AlterTable
ALTER TABLE "job" ADD COLUMN     "stop_asked_at" TIMESTAMPTZ(3);
