// npm run bench -- library [--samples 10000,100000] [--times 5]
// What goes through a whole library at the database: the plan of an index, the comparison of the library with what indexes were told,
// statistics, counts, and pages by filters that few samples meet. JSON lines.
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Database, type EntryChunk, type Workspace, Workspaces } from '@earshot/database';
import { columnNames, electro45, sound97 } from '@earshot/features';
import { printLine } from '../print-line.js';
import { Servers } from '../stack/servers.js';
import { plantLibrary } from './library/plant-library.js';
import { timedOften } from './timing/timings.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { samples: { type: 'string', default: '10000,100000' }, times: { type: 'string', default: '5' } },
  });
  for (const samples of values.samples.split(',').map(Number)) await measure(samples, Number(values.times));
}

async function measure(samples: number, times: number): Promise<void> {
  const servers = await Servers.start('notify');
  const database = new Database({ url: servers.databaseUrl, applicationName: 'bench' });
  try {
    const workspace = await new Workspaces(database).named('default');
    const planted = [sound97, electro45].map((profile) => ({ recipe: profile.hash, columns: columnNames(profile).length }));
    await plantLibrary(servers.databaseUrl, workspace.id, samples, planted);
    const tell = (what: string, took: object) => printLine({ samples, what, ...took });
    const { version, ...made } = await makeVersion(workspace);
    tell('a version with its entries', made);
    for (const [what, work] of Object.entries(looks(workspace, version))) {
      const { p50Ms, p95Ms } = await timedOften(times, work);
      tell(what, { p50Ms: Math.round(p50Ms), p95Ms: Math.round(p95Ms) });
    }
  } finally {
    await database.close();
    await servers.stop();
  }
}

/** And for how long somebody else who changes the library waits at most meanwhile. */
async function makeVersion(workspace: Workspace): Promise<{ version: string; seconds: number; othersWaitMs: number }> {
  const version = randomUUID();
  const [first] = await workspace.samples.page({}, null, 1);
  const startMs = performance.now();
  let isMade = false;
  const making = workspace.indexes.create({ id: version, embedder: 'sound-97@1', metric: 'cosine', jobId: null }).then(() => {
    isMade = true;
  });
  let othersWaitMs = 0;
  for (let change = 0; !isMade; change++) {
    const changeMs = performance.now();
    await workspace.samples.change(first?.clipId ?? '', { source: `change ${change}` });
    othersWaitMs = Math.max(othersWaitMs, performance.now() - changeMs);
  }
  await making;
  return { version, seconds: Math.round((performance.now() - startMs) / 100) / 10, othersWaitMs: Math.round(othersWaitMs) };
}

function looks(workspace: Workspace, version: string): Record<string, () => Promise<unknown>> {
  const entries = workspace.indexes.entriesOf(version);
  const [recipe, bytes] = [sound97.hash, 4 * columnNames(sound97).length];
  return {
    'which samples lack a vector': async () => {
      for (let after: string | null = null; ; ) {
        const chunks: EntryChunk[] = await entries.chunks(after, { size: 64, recipe, bytes });
        after = chunks.at(-1)?.last ?? null;
        if (after === null) return;
      }
    },
    'comparison of library and entries': () => workspace.indexes.align(),
    'counts of the entries': () => entries.counts(),
    statistics: () => workspace.samples.stats(),
    'a page': () => workspace.samples.page({}, null, 50),
    'a page by a text that no name has': () => workspace.samples.page({ text: 'nobody' }, null, 50),
    'a page by a duration that none has': () => workspace.samples.page({ minSeconds: 1_000 }, null, 50),
  };
}
