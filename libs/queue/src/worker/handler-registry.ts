import type { Task } from '@earshot/contracts';
import type { DiscoveryService } from '@nestjs/core';
import { HandlerOf, type TaskHandler } from './handler.js';

export interface HandledTask {
  task: Task;
  handler: TaskHandler<Task>;
}

/** The handlers of a service by task name. Throws, naming it, when a task of its queues has none or two. */
export function findHandlers(discovery: DiscoveryService, tasks: readonly Task[], queues: readonly string[]): Map<string, HandledTask> {
  const handlers = new Map<string, HandledTask>();
  for (const provider of discovery.getProviders({ metadataKey: HandlerOf.KEY })) {
    const task = discovery.getMetadataByDecorator(HandlerOf, provider);
    if (task === undefined) continue;
    if (!tasks.includes(task)) throw new Error(`${provider.name} handles ${task.name}, which is a task of no kind`);
    if (!queues.includes(task.queue))
      throw new Error(`${provider.name} handles ${task.name} of the queue ${task.queue}, which is not served here`);
    const other = handlers.get(task.name);
    if (other) throw new Error(`${task.name} has two handlers: ${other.handler.constructor.name}, ${provider.name}`);
    handlers.set(task.name, { task, handler: provider.instance });
  }
  const unhandled = tasks.filter((task) => queues.includes(task.queue) && !handlers.has(task.name));
  if (unhandled.length > 0) throw new Error(`No handler for ${unhandled.map((task) => task.name).join(', ')}`);
  if (handlers.size === 0) throw new Error(`The queues ${queues.join(', ')} have no task`);
  return handlers;
}
