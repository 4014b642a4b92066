// npm run bench -- serve [--callers 1,8,32] [--doorbells redis,notify] [--seconds 10] [--cpus 0,1] [--python PATH]
// Unique one-second clips (44 kB), scored by a network on talent-37 while their callers wait; with --python beside the way they went in the
// old stack. JSON lines with rates, latencies, and what a request costs where.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Workspaces } from '@earshot/database';
import { FolderBlobStore } from '@earshot/storage';
import { z } from 'zod';
import { findK6, runK6 } from './describe/k6.js';
import { DescribeStack } from './describe/stack.js';
import { memoryMb, usageOf, usagePerRequest } from './describe/usage.js';
import { oldRoute, startOldStack } from './serve/old-stack.js';
import { registerModel } from './serve/register-model.js';
import { noiseWav } from './stack/noise-wav.js';
import { pinTo } from './stack/pinning.js';
import { treePssMb } from './stack/process-tree.js';
import { type DoorbellName, doorbells } from './stack/servers.js';

/** Talent is a model that comes with Earshot. */
const classifier = 'bench';
const route = `/api/v1/predictions?classifier=${classifier}`;
const warmUpSeconds = 6;
/** PostgreSQL brings its statistics out once a second. */
const statisticsDelayMs = 1_100;

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
      callers: { type: 'string', default: '1,8,32' },
      doorbells: { type: 'string', default: doorbells.join(',') },
      seconds: { type: 'string', default: '10' },
      cpus: { type: 'string', default: '0,1' },
      python: { type: 'string' },
    },
  });
  const callers = values.callers.split(',').map(Number);
  const load: Load = { k6: findK6(), callers, seconds: Number(values.seconds), children: values.cpus.split(',').length };
  print({ pinned: pinTo(values.cpus), node: process.version, sandboxChildren: load.children });
  const before = values.python === undefined ? null : await measureOldStack(values.python, load);
  for (const doorbell of doorbells.filter((name) => values.doorbells.split(',').includes(name))) await measure(doorbell, load, before);
}

/** Requests a second, by the number of callers. */
type Rates = Map<number, number>;

async function measureOldStack(python: string, { k6, callers, seconds }: Load): Promise<Rates> {
  const stack = await startOldStack(python);
  const rates: Rates = new Map();
  try {
    await runK6(k6, { url: stack.url, route: oldRoute, callers: Math.max(...callers), seconds: warmUpSeconds });
    for (const count of callers) {
      const summary = await runK6(k6, { url: stack.url, route: oldRoute, callers: count, seconds });
      rates.set(count, summary.requests / summary.seconds);
      print({ stack: 'old', ...told(summary, count), pssMb: Math.round(treePssMb(stack.pid)) });
    }
  } finally {
    await stack.stop();
  }
  return rates;
}

async function measure(doorbell: DoorbellName, { k6, callers, seconds, children }: Load, before: Rates | null): Promise<void> {
  const stack = await DescribeStack.start(doorbell, { children });
  try {
    await registerProduction(stack);
    const { url } = stack.gateway;
    await checkOneAnswer(url);
    await runK6(k6, { url, route, callers: Math.max(...callers), seconds: warmUpSeconds });
    for (const count of callers) {
      await sleep(statisticsDelayMs);
      const usedBefore = await usageOf(stack);
      const summary = await runK6(k6, { url, route, callers: count, seconds });
      const pssMb = memoryMb(stack);
      await sleep(statisticsDelayMs);
      const rate = before?.get(count);
      print({
        stack: doorbell,
        ...told(summary, count),
        ...(rate === undefined ? {} : { timesOldStack: rounded(summary.requests / summary.seconds / rate) }),
        ...usagePerRequest(usedBefore, await usageOf(stack), summary.requests),
        pssMb: { ...pssMb, all: Object.values(pssMb).reduce((sum, mb) => sum + mb, 0) },
      });
    }
  } finally {
    await stack.stop();
  }
}

async function registerProduction({ servers, database }: DescribeStack): Promise<void> {
  const store = new FolderBlobStore({ folder: `${servers.home}/blobs` });
  const workspace = await new Workspaces(database).named('default');
  const number = await registerModel(workspace, store, classifier);
  await workspace.models.aliases.move(classifier, 'production', number, 0);
  await store.close();
}

const answer = z.object({
  state: z.literal('succeeded'),
  items: z.tuple([
    z.object({
      result: z.object({
        label: z.enum(['bad', 'good']),
        durationSeconds: z.literal(1),
        scores: z
          .array(z.object({ score: z.number() }))
          .refine((scores) => Math.abs(scores.reduce((sum, { score }) => sum + score, 0) - 1) < 1e-5),
      }),
    }),
  ]),
});

/** A bench of wrong answers would be worth nothing. */
async function checkOneAnswer(url: string): Promise<void> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(noiseWav(0))]), 'second.wav');
  const response = await fetch(`${url}${route}`, { method: 'POST', headers: { Prefer: 'wait=20' }, body: form });
  const body: unknown = await response.json();
  const { success, error } = answer.safeParse(body);
  if (!success) throw new Error(`The gateway answered ${response.status} ${JSON.stringify(body)}`, { cause: error });
}

function told({ requests, seconds, p50Ms, p95Ms, maxMs }: Awaited<ReturnType<typeof runK6>>, callers: number) {
  return {
    callers,
    requests,
    requestsPerSecond: rounded(requests / seconds),
    p50Ms: rounded(p50Ms),
    p95Ms: rounded(p95Ms),
    maxMs: rounded(maxMs),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function print(line: object): void {
  console.log(JSON.stringify(line));
}
