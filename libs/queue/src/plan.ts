import type { Job } from '@earshot/contracts';
import type { NewStage } from '@earshot/database';

/** The stages of a job, as its rows carry them. */
export function planOf(job: Job): NewStage[] {
  return job.stages.map(({ name, task, itemsPerTask }) => ({ name, task: task.name, queue: task.queue, itemsPerTask }));
}
