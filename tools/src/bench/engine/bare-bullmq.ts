import { randomUUID } from 'node:crypto';
import { TestRedis } from '@earshot/queue/testing';
import { Queue } from 'bullmq';
import { ChildProgram } from '../../stack/child-program.js';

const perBulk = 1_000;

/** BullMQ alone: jobs with an empty processor, one worker process, on a Redis that writes nothing to disk. */
export async function bareBullMq({ tasks, slots }: { tasks: number; slots: number }) {
  const redis = await TestRedis.start();
  const name = `bare-${randomUUID()}`;
  const queue = new Queue(name, { connection: { url: redis.url } });
  const worker = new ChildProgram(new URL('./bare-bullmq-worker.js', import.meta.url), [redis.url, name, String(slots), String(tasks)]);
  try {
    await worker.hear();
    const addedFromMs = performance.now();
    const opts = { removeOnComplete: true, removeOnFail: true };
    for (let i = 0; i < tasks; i += perBulk)
      await queue.addBulk(
        Array.from({ length: Math.min(perBulk, tasks - i) }, (_, k) => ({ name: 'task', data: { taskId: i + k }, opts })),
      );
    const startedMs = performance.now();
    worker.tell({ run: true });
    await worker.hear();
    const doneMs = performance.now();
    return {
      addSeconds: (startedMs - addedFromMs) / 1000,
      tasksPerSecond: (tasks * 1000) / (doneMs - startedMs),
      withAddingPerSecond: (tasks * 1000) / (doneMs - addedFromMs),
    };
  } finally {
    await worker.stop();
    await queue.close();
    await redis.stop();
  }
}
