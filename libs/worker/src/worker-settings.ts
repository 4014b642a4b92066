import { databaseSettings, healthSettings, homeSettings, logSettings, redisSettings, s3Settings } from '@earshot/platform';
import type { z } from 'zod';

/** The settings of every worker service; it checks them with `s3Rule`. */
export const workerSettings = {
  ...databaseSettings,
  ...redisSettings,
  ...homeSettings,
  ...s3Settings,
  ...logSettings,
  ...healthSettings,
};

export type WorkerConfig = z.output<z.ZodObject<typeof workerSettings>>;
