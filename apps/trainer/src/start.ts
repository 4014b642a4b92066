import type { QueueName } from '@earshot/contracts';
import { type Running, readConfig } from '@earshot/platform';
import { startWorker } from '@earshot/worker';
import { trainerSettings } from './config.js';
import { TrainerModule } from './trainer.module.js';

/** What this service serves. */
export const queues: readonly QueueName[] = ['train'];

/** Short tasks at the same time: plans and registrations, which read and write some rows. */
const shortTasks = 4;

/** Starts the trainer with the settings of `env`; it owns what it opens, and leaves the process to whoever called. */
export function start(env: NodeJS.ProcessEnv): Promise<Running> {
  const config = readConfig(trainerSettings, env);
  const slots = { short: shortTasks, long: config.EARSHOT_TRAININGS };
  return startWorker(config, { name: 'trainer', queues, slots, module: (parts) => TrainerModule.with({ ...parts, config }) });
}
