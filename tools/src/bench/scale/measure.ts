import { Claimer, Committer, Database } from '@earshot/database';
import { Service } from '../../stack/service.js';
import { type Timings, timedOften } from '../timing/timings.js';
import { keepCompany } from './company.js';
import { clipIdOf, type Filled, taskName } from './fill.js';
import { type Reads, routesOf } from './routes.js';

/** Jobs older than this are removed while the others are read; the tables reach back 40 days. */
const retentionDays = 30;
const itemsPerUpload = 200_000;
const uploadClips = 1_000;

interface Place {
  databaseUrl: string;
  home: string;
  env: NodeJS.ProcessEnv;
  times: number;
}

/** Each read alone and in company, as lines of the result. */
export async function* measureAll(filled: Filled, { databaseUrl, home, env, times }: Place): AsyncGenerator<object> {
  const database = new Database({ url: databaseUrl, applicationName: 'bench' });
  const gateway = await Service.start('gateway', { home, env: { ...env, RETENTION_DAYS: 'never' } });
  try {
    const reads = { ...routesOf(gateway.url, filled), ...workOf(database) };
    await measure(reads, Math.ceil(times / 10)); // what is read for the first time comes from disk, and code is compiled
    const alone = await measure(reads, times);
    const clipIds = Array.from({ length: uploadClips }, (_, n) => clipIdOf(n));
    const company = keepCompany(database, { url: gateway.url, clipIds, days: retentionDays, items: itemsPerUpload });
    const beside = await measure(reads, times);
    yield { part: 'company', goal: 'longest statement ≤ 200 ms', ...(await company.stop()) };
    for (const [name, timings] of Object.entries(alone)) {
      const other = beside[name];
      const ratioP50 = (other?.p50Ms ?? Number.NaN) / timings.p50Ms;
      yield { part: 'read', name, goal: 'p95 ≤ 50 ms', ...timings, beside: other, ratioP50 };
    }
  } finally {
    await gateway.stop();
    await database.close();
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
    measured[name] = await timedOften(isMany ? Math.ceil(times / 10) : times, read);
  }
  return measured;
}
