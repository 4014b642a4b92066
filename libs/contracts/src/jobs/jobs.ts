import type { Job } from '../job.js';
import type { Task } from '../task.js';
import { describeJob } from './describe.job.js';
import { featuresJob } from './features.job.js';

/** Every kind of job there is. Adding one adds a line here, and a handler for each of its new tasks. */
export const jobs: readonly Job[] = [describeJob, featuresJob];

/** Every task of every job, once. */
export const tasks: readonly Task[] = [...new Set(jobs.flatMap((job) => job.stages.map((stage) => stage.task)))];
