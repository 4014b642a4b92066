-- CreateTable
CREATE TABLE "queue_rule" (
    "queue" TEXT NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "limit_tasks" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "queue_rule_pkey" PRIMARY KEY ("queue"),
    CONSTRAINT "queue_rule_limit_tasks_positive" CHECK ("limit_tasks" > 0)
);

-- How many more tasks of a queue may begin; null: as many as come. Under a limit those who claim take turns until they
-- commit. A volatile function reads with a new snapshot after it has waited, so that it counts what the one before it took.
CREATE FUNCTION queue_room(of_queue text) RETURNS int LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  most int;
BEGIN
  SELECT CASE WHEN paused THEN 0 ELSE limit_tasks END INTO most FROM queue_rule WHERE queue = of_queue;
  IF most IS NULL OR most = 0 THEN
    RETURN most;
  END IF;
  SELECT CASE WHEN paused THEN 0 ELSE limit_tasks END INTO most FROM queue_rule WHERE queue = of_queue FOR UPDATE;
  IF most IS NULL OR most = 0 THEN
    RETURN most;
  END IF;
  RETURN greatest(0, most - (
    SELECT count(*)::int FROM (
      SELECT 1 FROM task WHERE queue = of_queue AND state = 'running' LIMIT most) running));
END $$;
