// npm run bench -- scale [--jobs 1000000] [--items 10000000] [--times 200] [--cpus 0,1]
// Whether the API answers as quickly after years of use: p50 and p95 of each read, of a claim and of a commit, alone and beside a retention
// and uploads of large lists. JSON lines.
import { parseArgs } from 'node:util';
import { printLine } from '../print-line.js';
import { pinTo } from '../stack/pinning.js';
import { Servers } from '../stack/servers.js';
import { fill, getFilled } from './scale/fill.js';
import { measureAll } from './scale/measure.js';

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
  printLine({ pinned: pinTo(values.cpus), node: process.version, jobs, items });
  const servers = await Servers.start('notify');
  try {
    const startMs = performance.now();
    await fill(servers.databaseUrl, { jobs, items, onStep: (step) => console.error(step) });
    printLine({ part: 'fill', seconds: (performance.now() - startMs) / 1_000 });
    const { databaseUrl, home, env } = servers;
    for await (const line of measureAll(await getFilled(databaseUrl), { databaseUrl, home, env, times })) printLine(line);
  } finally {
    await servers.stop();
  }
}
