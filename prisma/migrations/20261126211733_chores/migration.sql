-- CreateTable
CREATE TABLE "chore" (
    "name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chore_pkey" PRIMARY KEY ("name")
);
