// npm run bench -- datasets [--clips 1000000] [--cpus 0,1]
// A dataset as large as one may be, by the routes of a gateway: put in, frozen, split, exported, changed and frozen again, deleted. How long
// each takes, what the gateway holds, and how long others wait meanwhile who ask for little. JSON lines.
import { parseArgs } from 'node:util';
import { printLine } from '../print-line.js';
import { pinTo } from '../stack/pinning.js';
import { peakRssMb } from '../stack/process-tree.js';
import { Servers } from '../stack/servers.js';
import { Service } from '../stack/service.js';
import { useDataset } from './datasets/large-dataset.js';
import { SmallReads } from './datasets/small-reads.js';
import { fillClips } from './scale/fill.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { clips: { type: 'string', default: '1000000' }, cpus: { type: 'string', default: '0,1' } },
  });
  const clips = Number(values.clips);
  printLine({ pinned: pinTo(values.cpus), node: process.version, clips });
  const servers = await Servers.start('notify');
  const gateway = await Service.start('gateway', { home: servers.home, env: { ...servers.env, LOG_LEVEL: 'warn' } });
  try {
    await fillClips(servers.databaseUrl, clips);
    const reads = new SmallReads(`${gateway.url}/api/v1/jobs?limit=10`);
    for await (const step of useDataset(`${gateway.url}/api/v1/datasets`, clips)) printLine(step);
    printLine({ part: 'reads beside all that', ...(await reads.end()), gatewayPeakMb: peakRssMb(gateway.pid) });
  } finally {
    await gateway.stop();
    await servers.stop();
  }
}
