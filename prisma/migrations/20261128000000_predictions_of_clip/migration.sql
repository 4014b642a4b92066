-- outside a transaction: the table may be large and in use
CREATE INDEX CONCURRENTLY IF NOT EXISTS "item_of_clip" ON "item" ("clip_id", "job_id", "index") WHERE "clip_id" IS NOT NULL;
-- In its place: it begins with the clip too.
DROP INDEX CONCURRENTLY IF EXISTS "item_clip";
