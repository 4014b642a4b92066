CREATE TABLE "unwritten_tasks" (
    "job_id" UUID NOT NULL,
    "stage_index" SMALLINT NOT NULL,
    "task" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "version" SMALLINT NOT NULL,
    "queue" TEXT NOT NULL,
    "slot" TEXT NOT NULL,
    "priority" SMALLINT NOT NULL,
    "items_per_task" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "tasks" INTEGER NOT NULL,
    "next" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "unwritten_tasks_pkey" PRIMARY KEY ("job_id","stage_index","task")
);

CREATE INDEX "unwritten_tasks_queue_priority_job_id_stage_index_task_idx" ON "unwritten_tasks"("queue", "priority", "job_id", "stage_index", "task");
