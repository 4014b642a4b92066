import { openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';

const line = z.strictObject({
  event: z.enum(['start', 'done']),
  jobId: z.string(),
  stage: z.string(),
  taskId: z.number(),
  attempt: z.number(),
  index: z.number(),
  nonce: z.string(),
  pid: z.number(),
  atMs: z.number(),
});

/** One execution of one item began or came to its end. */
export type DrillLine = z.output<typeof line>;

/** What the drill workers did, written by themselves: one line a write, which the kernel appends whole and keeps when they are killed. */
export class DrillLog {
  private readonly file: number;

  constructor(path: string) {
    this.file = openSync(path, 'a');
  }

  write(entry: DrillLine): void {
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
  }
}

export function readDrillLog(path: string): DrillLine[] {
  const text = readFileSync(path, { encoding: 'utf8', flag: 'a+' });
  return text
    .split('\n')
    .slice(0, -1)
    .map((entry) => line.parse(JSON.parse(entry)));
}
