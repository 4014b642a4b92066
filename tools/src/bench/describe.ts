// npm run bench -- describe [--callers 8,32] [--doorbells redis,notify] [--seconds 10] [--cpus 0,1] [--slow-fsync-ms 5]
// Unique one-second clips (44 kB), described while their callers wait: JSON lines with rates, latencies and what they cost.
import { parseArgs } from 'node:util';
import { printLine } from '../print-line.js';
import type { DoorbellName } from '../stack/servers.js';
import { checkOneAnswer } from './describe/first-answer.js';
import { type Load, loadOptions, measured, readLoad, told, warmUp } from './describe/load.js';
import { slowFsync } from './describe/slow-fsync.js';
import { DescribeStack } from './describe/stack.js';

export async function run(args: string[]): Promise<void> {
  /** `slow-fsync-ms` 0: without this part. */
  const { values } = parseArgs({ args, options: { ...loadOptions, 'slow-fsync-ms': { type: 'string', default: '5' } } });
  const { load, wanted } = readLoad(values);
  const slowMs = Number(values['slow-fsync-ms']);
  for (const doorbell of wanted) await measure(doorbell, 0, load);
  if (slowMs > 0) for (const doorbell of wanted) await measure(doorbell, slowMs, load);
}

async function measure(doorbell: DoorbellName, slowFsyncMs: number, load: Load): Promise<void> {
  const shim = slowFsync(slowFsyncMs);
  if (shim === null) return printLine({ doorbell, slowFsyncMs, skipped: 'a C compiler (cc) on Linux is needed to make fsync slower' });
  const stack = await DescribeStack.start(doorbell, { children: load.children, diskEnv: shim.env });
  try {
    await checkOneAnswer(stack.gateway.url);
    await warmUp(load, stack.gateway.url);
    for await (const { count, summary, usage, pssMb } of measured(stack, load))
      printLine({ doorbell, slowFsyncMs, ...told(summary, count), ...usage, pssMb });
  } finally {
    await stack.stop();
    await shim.remove();
  }
}
