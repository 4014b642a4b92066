import { s3Rule, wholeNumber } from '@earshot/platform';
import { workerSettings } from '@earshot/worker';
import { z } from 'zod';

export const trainerSettings = z
  .object({
    ...workerSettings,
    /** Trainings at the same time, each in a process of its own. */
    EARSHOT_TRAININGS: wholeNumber(1, 64).default(1),
    /** Resident memory of each of these processes; one that takes more is ended. */
    EARSHOT_TRAINING_MEMORY_MB: wholeNumber(256, 1_000_000).default(2_048),
    /** By how much these processes give way to others, 0 to 19. */
    EARSHOT_TRAINING_NICENESS: wholeNumber(0, 19).default(19),
    /** What computes convolutional networks: the own kernels, or TensorFlow where `npm run native` installed it. */
    EARSHOT_TRAINING_BACKEND: z.enum(['wasm', 'native']).default('wasm'),
    /** How much of a training a crash may cost. */
    EARSHOT_CHECKPOINT_SECONDS: wholeNumber(1, 3_600).default(10),
  })
  .check(s3Rule);

export type TrainerConfig = z.output<typeof trainerSettings>;
