import type { QueueName, Task } from './task.js';

/** The service whose workers serve each queue; null while there is none, and then no task may be of that queue. */
export const queueServices: Readonly<Record<QueueName, string | null>> = { extract: 'extractor', train: 'trainer', index: 'indexer' };

/** Refuses a set of tasks of which one would wait for ever, or could be taken for another. Every service starts by it, whichever queues it serves. */
export function checkedTasks(tasks: readonly Task[], services = queueServices): readonly Task[] {
  for (const { name, queue } of tasks) {
    if (services[queue] === null) throw new Error(`${name} is of the queue ${queue}, which no service serves`);
    if (tasks.filter((other) => other.name === name).length > 1) throw new Error(`Two tasks are called ${name}`);
  }
  return tasks;
}
