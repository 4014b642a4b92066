// npm run bench -- scale [--jobs 1000000] [--items 10000000] [--times 200] [--cpus 0,1]
// Whether the API answers as quickly after years of use: p50 and p95 of each read, of a claim and of a commit, alone and beside a retention
// and uploads of large lists. JSON lines.
import { parseArgs } from 'node:util';
import { Claimer, Committer, Database } from '@earshot/database';
import { keepCompany } from './scale/company.js';
import { clipIdOf, fill, taskName } from './scale/fill.js';
import { type Reads, routesOf } from './scale/routes.js';
import { type Timings, timed } from './scale/timings.js';
import { pinTo } from './stack/pinning.js';
import { Servers } from './stack/servers.js';
import { Service } from './stack/service.js';

/** Jobs older than this are removed while the others are read; the tables reach back 40 days. */
const retentionDays = 30;
const itemsPerUpload = 200_000;
const uploadClips = 1_000;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      jobs: { type: 'string', default: '1000000' },
      items: { type: 'string', default: '10000000' },
      times: { type: 'string', default: '200' },
      cpus: { type: 'string', default: '0,1' },
    },
  });
  const [jobs, items, times] = [Number(values.jobs), Number(values.items), Number(values.times)];
  print({ pinned: pinTo(values.cpus), node: process.version, jobs, items });
  const servers = await Servers.start('notify');
  const database = new Database({ url: servers.databaseUrl, applicationName: 'bench' });
  try {
    const startMs = performance.now();
    const filled = await fill(servers.databaseUrl, { jobs, items, onStep: (step) => console.error(step) });
    print({ part: 'fill', seconds: (performance.now() - startMs) / 1_000 });
    const gateway = await Service.start('gateway', { home: servers.home, env: { ...servers.env, RETENTION_DAYS: 'never' } });
    try {
      const reads = { ...routesOf(gateway.url, filled), ...workOf(database) };
      const alone = await measure(reads, times);
      const clipIds = Array.from({ length: uploadClips }, (_, n) => clipIdOf(n));
      const company = keepCompany(database, { url: gateway.url, clipIds, days: retentionDays, items: itemsPerUpload });
      const beside = await measure(reads, times);
      print({ part: 'company', goal: 'longest statement ≤ 200 ms', ...(await company.stop()) });
      for (const [name, timings] of Object.entries(alone)) {
        const other = beside[name];
        print({
          part: 'read',
          name,
          goal: 'p95 ≤ 50 ms',
          ...timings,
          beside: other,
          ratioP50: (other?.p50Ms ?? Number.NaN) / timings.p50Ms,
        });
      }
    } finally {
      await gateway.stop();
    }
  } finally {
    await database.close();
    await servers.stop();
  }
}

/** A claim of one waiting task, and a commit of the eight items of one that was claimed. */
function workOf(database: Database): Reads {
  const claimer = new Claimer(database, 'bench', [{ name: taskName, version: 1 }]);
  const committer = new Committer(database);
  const held: Awaited<ReturnType<Claimer['claimNext']>> = [];
  return {
    'a claim': async () => held.push(...(await claimer.claimNext(['extract'], 1))),
    'a commit': async () => {
      const task = held.pop();
      if (task === undefined) throw new Error('Nothing was claimed');
      const { owned } = await committer.submit({ ...task, items: task.items.map(({ index }) => ({ index, result: {} })) });
      if (!owned) throw new Error('The task was not owned any more');
    },
  };
}

async function measure(reads: Reads, times: number): Promise<Record<string, Timings>> {
  const measured: Record<string, Timings> = {};
  for (const [name, read] of Object.entries(reads)) {
    const isMany = name.startsWith('500');
    measured[name] = await timed(isMany ? Math.ceil(times / 10) : times, read);
  }
  return measured;
}

/** Figures to four digits: more would claim what one run cannot know. */
function print(line: object): void {
  console.log(
    JSON.stringify(line, (_, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value,
    ),
  );
}
