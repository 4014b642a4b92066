// npm run bench -- describe [--callers 8,32] [--doorbells redis,notify] [--seconds 10] [--cpus 0,1] [--slow-fsync-ms 5]
// Unique one-second clips (44 kB), described while their callers wait: JSON lines with rates, latencies and what they cost.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { checkOneAnswer } from './describe/first-answer.js';
import { findK6, runK6 } from './describe/k6.js';
import { slowFsync } from './describe/slow-fsync.js';
import { DescribeStack } from './describe/stack.js';
import { memoryMb, usageOf, usagePerRequest } from './describe/usage.js';
import { pinTo } from './stack/pinning.js';
import { type DoorbellName, doorbells } from './stack/servers.js';

/** PostgreSQL brings its statistics out once a second. */
const statisticsDelayMs = 1_100;
const warmUpSeconds = 6;

interface Load {
  k6: string;
  callers: number[];
  seconds: number;
  children: number;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      callers: { type: 'string', default: '8,32' },
      doorbells: { type: 'string', default: doorbells.join(',') },
      seconds: { type: 'string', default: '10' },
      cpus: { type: 'string', default: '0,1' },
      /** 0: without this part. */
      'slow-fsync-ms': { type: 'string', default: '5' },
    },
  });
  const load: Load = {
    k6: findK6(),
    callers: values.callers.split(',').map(Number),
    seconds: Number(values.seconds),
    children: values.cpus.split(',').length,
  };
  const wanted = doorbells.filter((name) => values.doorbells.split(',').includes(name));
  const slowMs = Number(values['slow-fsync-ms']);
  print({ pinned: pinTo(values.cpus), node: process.version, sandboxChildren: load.children });
  for (const doorbell of wanted) await measure(doorbell, 0, load);
  if (slowMs > 0) for (const doorbell of wanted) await measure(doorbell, slowMs, load);
}

async function measure(doorbell: DoorbellName, slowFsyncMs: number, { k6, callers, seconds, children }: Load): Promise<void> {
  const shim = slowFsync(slowFsyncMs);
  if (shim === null) return print({ doorbell, slowFsyncMs, skipped: 'a C compiler (cc) on Linux is needed to make fsync slower' });
  const stack = await DescribeStack.start(doorbell, { children, diskEnv: shim.env });
  try {
    const { url } = stack.gateway;
    await checkOneAnswer(url);
    await runK6(k6, { url, callers: Math.max(...callers), seconds: warmUpSeconds });
    for (const count of callers) {
      await sleep(statisticsDelayMs);
      const before = await usageOf(stack);
      const { requests, seconds: tookSeconds, p50Ms, p95Ms, maxMs } = await runK6(k6, { url, callers: count, seconds });
      const pssMb = memoryMb(stack);
      await sleep(statisticsDelayMs);
      const after = await usageOf(stack);
      print({
        doorbell,
        slowFsyncMs,
        callers: count,
        requests,
        requestsPerSecond: Math.round((requests / tookSeconds) * 10) / 10,
        p50Ms,
        p95Ms,
        maxMs,
        ...usagePerRequest(before, after, requests),
        pssMb,
      });
    }
  } finally {
    await stack.stop();
    await shim.remove();
  }
}

function print(line: object): void {
  console.log(JSON.stringify(line));
}
