-- AlterTable
ALTER TABLE "index_entry" ADD COLUMN     "crowding" REAL;
