// npm run bench -- serve [--callers 1,8,32] [--doorbells redis,notify] [--seconds 10] [--cpus 0,1] [--python PATH]
// Unique one-second clips (44 kB), scored by a network on talent-37 while their callers wait; with --python beside the way they went in the
// old stack. JSON lines with rates, latencies, and what a request costs where.
import { parseArgs } from 'node:util';
import { Workspaces } from '@earshot/database';
import { FolderBlobStore } from '@earshot/storage';
import { z } from 'zod';
import { printLine } from '../print-line.js';
import { noiseWav } from '../stack/noise-wav.js';
import { treePssMb } from '../stack/process-tree.js';
import type { DoorbellName } from '../stack/servers.js';
import { runK6 } from './describe/k6.js';
import { type Load, loadOptions, measured, readLoad, rounded, told, warmUp } from './describe/load.js';
import { DescribeStack } from './describe/stack.js';
import { oldRoute, startOldStack } from './serve/old-stack.js';
import { registerModel } from './serve/register-model.js';

/** Talent is a model that comes with Earshot. */
const classifier = 'bench';
const route = `/api/v1/predictions?classifier=${classifier}`;

export async function run(args: string[]): Promise<void> {
  const options = { ...loadOptions, callers: { type: 'string', default: '1,8,32' }, python: { type: 'string' } } as const;
  const { values } = parseArgs({ args, options });
  const { load, wanted } = readLoad(values);
  const before = values.python === undefined ? null : await measureOldStack(values.python, load);
  for (const doorbell of wanted) await measure(doorbell, load, before);
}

/** Requests a second, by the number of callers. */
type Rates = Map<number, number>;

async function measureOldStack(python: string, load: Load): Promise<Rates> {
  const stack = await startOldStack(python);
  const rates: Rates = new Map();
  try {
    await warmUp(load, stack.url, oldRoute);
    for (const count of load.callers) {
      const summary = await runK6(load.k6, { url: stack.url, route: oldRoute, callers: count, seconds: load.seconds });
      rates.set(count, summary.requests / summary.seconds);
      printLine({ stack: 'old', ...told(summary, count), pssMb: Math.round(treePssMb(stack.pid)) });
    }
  } finally {
    await stack.stop();
  }
  return rates;
}

async function measure(doorbell: DoorbellName, load: Load, before: Rates | null): Promise<void> {
  const stack = await DescribeStack.start(doorbell, { children: load.children });
  try {
    await registerProduction(stack);
    await checkOneAnswer(stack.gateway.url);
    await warmUp(load, stack.gateway.url, route);
    for await (const { count, summary, usage, pssMb } of measured(stack, load, route)) {
      const rate = before?.get(count);
      printLine({
        stack: doorbell,
        ...told(summary, count),
        ...(rate === undefined ? {} : { timesOldStack: rounded(summary.requests / summary.seconds / rate) }),
        ...usage,
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
