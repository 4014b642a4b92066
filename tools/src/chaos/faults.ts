import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.js';
import { readDrillLog } from './drill/drill-log.js';
import type { Stack } from './stack/stack.js';
import type { Supervised } from './stack/supervised.js';

export interface FaultPlan {
  /** How long there are faults. */
  overMs: number;
  killWorkerEveryMs: number;
  /** For how long a worker stands still: longer than its lease. */
  stopMs: number;
}

/** How often each fault was done. */
export type FaultCounts = Record<
  'workersKilled' | 'redisKilled' | 'gatewaysKilled' | 'postgresKilled' | 'workersStopped' | 'heldByStopped',
  number
>;

/** Does what goes wrong in a bad year within a minute, at moments that the seed decides. Resolves at the last fault's end. */
export async function doFaults(
  stack: Stack,
  { overMs, killWorkerEveryMs, stopMs }: FaultPlan,
  random: Random,
  tell: (fault: string, what?: string) => void,
): Promise<FaultCounts> {
  const counts: FaultCounts = {
    workersKilled: 0,
    redisKilled: 0,
    gatewaysKilled: 0,
    postgresKilled: 0,
    workersStopped: 0,
    heldByStopped: 0,
  };
  const startMs = performance.now();
  const until = (share: number) => sleep(Math.max(0, startMs + share * overMs - performance.now()));
  const workers = () => [...stack.extractors, ...stack.drillWorkers, ...stack.drillEngines];

  async function killWorkers(kills: Random): Promise<void> {
    for (let n = 1; n * killWorkerEveryMs < overMs; n++) {
      await until((n * killWorkerEveryMs) / overMs);
      const victim = pickOf(workers(), kills, ({ isReady, isStopped }) => isReady && !isStopped);
      if (victim === null) continue;
      victim.kill();
      counts.workersKilled += 1;
      tell('worker killed', victim.options.name);
    }
  }

  async function eraseRedis(share: number, awayMs: number): Promise<void> {
    const { redis } = stack;
    if (redis === null) return;
    await until(share);
    await redis.kill();
    counts.redisKilled += 1;
    tell('redis killed and erased', `away for ${Math.round(awayMs)} ms`);
    await sleep(awayMs);
    await redis.start();
  }

  async function killGateway(share: number): Promise<void> {
    await until(share);
    const gateway = stack.gateways[0];
    await gateway?.whenReady();
    gateway?.kill();
    counts.gatewaysKilled += 1;
    tell('gateway killed');
  }

  async function crashPostgres(share: number, awayMs: number): Promise<void> {
    await until(share);
    counts.postgresKilled += 1;
    tell('postgres killed', `away for ${Math.round(awayMs)} ms`);
    await stack.postgres.crash(awayMs);
  }

  /** A drill worker with tasks in its hands: whether they are counted twice when it wakes is the question. */
  async function stopWorker(share: number, sleeper: Supervised | undefined): Promise<void> {
    await until(share);
    if (sleeper === undefined) return;
    const held = await stopWithTasks(sleeper, stack.drillLog);
    counts.workersStopped += 1;
    counts.heldByStopped += held;
    tell('worker stopped', `${sleeper.options.name}, with ${held} tasks`);
    await sleep(stopMs);
    sleeper.wake();
    tell('worker woken', sleeper.options.name);
  }

  await Promise.all([
    killWorkers(random.fork()),
    eraseRedis(random.between(0.1, 0.4), random.between(500, 3_000)),
    eraseRedis(random.between(0.55, 0.95), random.between(500, 3_000)),
    killGateway(random.between(0.2, 0.9)),
    stopWorker(random.between(0.08, 0.15), stack.drillWorkers[0]),
    // After the worker has woken: what it wants to write then has to reach a database that refuses it.
    crashPostgres(random.between(0.75, 0.9), random.between(500, 2_000)),
  ]);
  return counts;
}

/** Stops it in the middle of something, if that comes within 20 s; answers how many executions it was in. */
async function stopWithTasks(worker: Supervised, drillLog: string): Promise<number> {
  for (const endMs = Date.now() + 20_000; ; await sleep(50)) {
    await worker.whenReady();
    worker.stop();
    const ofWorker = readDrillLog(drillLog).filter(({ pid }) => pid === worker.pid);
    const held = ofWorker.reduce((sum, { event }) => sum + (event === 'start' ? 1 : -1), 0);
    if (held > 0 || Date.now() > endMs) return held;
    worker.wake();
  }
}

function pickOf(all: Supervised[], random: Random, condition: (one: Supervised) => boolean): Supervised | null {
  const [first, ...others] = all.filter(condition);
  return first === undefined ? null : random.pick([first, ...others]);
}
