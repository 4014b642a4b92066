-- CreateTable
CREATE TABLE "old_answers" (
    "workspace_id" UUID NOT NULL,
    "system" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "answers" INTEGER NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "durations" INTEGER[],

    CONSTRAINT "old_answers_pkey" PRIMARY KEY ("workspace_id","system","version","label")
);
