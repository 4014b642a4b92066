// The programs of the images, and what each reads from the environment: the schemas that they themselves parse it with.
import { settings as extractorSettings } from '@earshot/extractor';
import { settings as gatewaySettings } from '@earshot/gateway';
import { settings as indexerSettings } from '@earshot/indexer';
import { ConfigError, migrationSettings, promptMallocEnv, readConfig } from '@earshot/platform';
import { settings as trainerSettings } from '@earshot/trainer';
import { z } from 'zod';

export interface Program {
  /** The target of deploy/Dockerfile; the image is earshot-<target>. */
  target: string;
  settings: z.ZodObject;
  /** The setting that says on which port it answers probes. */
  portSetting?: string;
  /** What its image gives it beside what compose sets. */
  imageEnv?: Record<string, string>;
  /** It starts processes that others may take over. */
  hasSandbox?: boolean;
}

/** By the name of its service in compose and of its workload in Kubernetes. */
export const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['gateway', { target: 'gateway', settings: gatewaySettings, portSetting: 'PORT', imageEnv: promptMallocEnv }],
  ['extractor', { target: 'extractor', settings: extractorSettings, portSetting: 'HEALTH_PORT', hasSandbox: true }],
  ['trainer', { target: 'trainer', settings: trainerSettings, portSetting: 'HEALTH_PORT', hasSandbox: true }],
  ['indexer', { target: 'indexer', settings: indexerSettings, portSetting: 'HEALTH_PORT' }],
  ['migrate', { target: 'cli', settings: z.object(migrationSettings) }],
]);

/** Why a program would not start with these variables, or would not look at one of them. */
export function faultsOfEnvironment(where: string, { settings }: Program, env: Record<string, string>): string[] {
  const unknown = Object.keys(env).filter((name) => !(name in settings.shape));
  const faults = unknown.map((name) => `${where}: nothing reads ${name}`);
  try {
    readConfig(settings, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.push(...error.faults.map(({ name, expected }) => `${where}: ${name} must be ${expected}`));
  }
  return faults;
}
