import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '@earshot/contracts';
import type { TaskContext, TaskHandler } from '@earshot/queue';
import { z } from 'zod';
import { Random } from '../../random.js';
import { type DrillInput, drillInput, hold, poison } from './drill.jobs.js';
import type { DrillLog } from './drill-log.js';

/** Of whatever drill it is. */
const drillOptions = z.object(drillInput.shape);

export class DrillHandler implements TaskHandler<Task> {
  constructor(
    private readonly stage: string,
    private readonly log: DrillLog,
  ) {}

  async run(input: unknown, context: TaskContext<Task>): Promise<void> {
    const drill = drillOptions.parse(input);
    for (const { index, customId } of context.items) await context.item(index, () => this.work(drill, context, index, customId ?? ''));
  }

  private async work(input: DrillInput, { jobId, taskId, attempt, signal }: TaskContext<Task>, index: number, name: string) {
    const execution = { jobId, stage: this.stage, taskId, attempt, index, nonce: randomUUID(), pid: process.pid };
    this.log.write({ event: 'start', ...execution, atMs: Date.now() });
    if (name.startsWith(poison)) process.kill(process.pid, 'SIGKILL');
    const isHeld = name.startsWith(hold) && attempt === 1;
    await sleep(isHeld ? 3_600_000 : durationMs(input, index), undefined, { signal });
    this.log.write({ event: 'done', ...execution, atMs: Date.now() });
    return { nonce: execution.nonce, attempt };
  }
}

function durationMs({ seed, leastMs, mostMs }: DrillInput, index: number): number {
  return new Random(seed + index).between(leastMs, mostMs);
}
