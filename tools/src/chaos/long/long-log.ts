import { openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';

const line = z.strictObject({
  /** An attempt began, from that step; a step was done; a checkpoint of that step was acknowledged. */
  event: z.enum(['begin', 'step', 'checkpoint']),
  jobId: z.string(),
  task: z.string(),
  attempt: z.int(),
  step: z.int(),
  pid: z.int(),
  atMs: z.number(),
});
export type LongLine = z.output<typeof line>;

/** What the handlers of long work did, written by themselves: one line a write, which outlives the process. */
export class LongLog {
  private readonly file: number;

  constructor(path: string) {
    this.file = openSync(path, 'a');
  }

  write(entry: Omit<LongLine, 'pid' | 'atMs'>): void {
    writeSync(this.file, `${JSON.stringify({ ...entry, pid: process.pid, atMs: Date.now() })}\n`);
  }
}

export function readLongLog(path: string): LongLine[] {
  const text = readFileSync(path, { encoding: 'utf8', flag: 'a+' });
  return text
    .split('\n')
    .slice(0, -1)
    .map((entry) => line.parse(JSON.parse(entry)));
}
