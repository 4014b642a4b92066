import { hostname } from 'node:os';
import { queueNames } from '@earshot/contracts';
import { drillQueue } from '../drill/drill.jobs.js';
import type { Stack } from '../stack/stack.js';
import { redisRings } from './redis-rings.js';
import type { World } from './stuck.js';

export async function worldOf({ redis, services }: Stack): Promise<World> {
  return {
    livingWorkers: new Set(services.flatMap(({ pid }) => (pid === undefined ? [] : [`${hostname()} ${pid}`]))),
    rungTasks: redis === null ? null : await redisRings(redis.url, [...queueNames, drillQueue]).catch(() => null),
  };
}
