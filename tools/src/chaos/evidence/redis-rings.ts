import { Queue } from 'bullmq';
import { z } from 'zod';

const ring = z.object({ taskIds: z.array(z.number()) });
const states = ['waiting', 'prioritized', 'active', 'delayed', 'failed'] as const;

/** For which tasks a ring lies in Redis, and in which of BullMQ's states. */
export async function redisRings(url: string, queues: readonly string[]): Promise<Map<number, string>> {
  const rings = new Map<number, string>();
  for (const name of queues) {
    const queue = new Queue(name, { connection: { url, maxRetriesPerRequest: 1 }, prefix: 'earshot', skipMetasUpdate: true });
    queue.on('error', () => undefined); // reported by the call that fails
    try {
      for (const state of states) {
        for (const { id, data, attemptsStarted, processedOn } of await queue.getJobs([state]))
          for (const taskId of ring.parse(data).taskIds)
            rings.set(taskId, `ring ${id}, ${state}, taken ${attemptsStarted} times, last at ${processedOn ?? 'no time'}`);
      }
    } finally {
      await queue.close();
    }
  }
  return rings;
}
