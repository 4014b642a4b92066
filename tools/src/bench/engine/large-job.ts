import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setInterval } from 'node:timers';
import { describeJob, planOf } from '@earshot/contracts';
import type { NewItem } from '@earshot/database';
import { z } from 'zod';
import { ownRssMb } from '../stack/process-tree.js';
import { Servers } from '../stack/servers.js';
import { Service } from '../stack/service.js';
import { BenchEngine } from './bench-engine.js';
import { storeClips } from './stored-clips.js';

const clipCount = 1_000; // items may share clips
const accepted = z.object({ counts: z.object({ total: z.int() }) });

/** How long a job of so many items takes until it is accepted, and what memory its writer needs: by the repository, and by the HTTP route. */
export async function largeJob(items: number) {
  const servers = await Servers.start('notify');
  const engine = await BenchEngine.start(servers);
  try {
    const { workspace, database } = engine;
    const { ids } = await storeClips({ count: clipCount, home: servers.home, workspaceId: workspace.id, database });
    const repository = await watched(process.pid, async () => {
      const { total } = await engine.accept(describeJob.kind, planOf(describeJob), itemsOver(ids, items));
      return total;
    });
    const gateway = await Service.start('gateway', { home: servers.home, env: servers.env });
    try {
      await post(gateway.url, linesOver(ids, 1_000)); // what is loaded once is not memory of the large one
      return { repository, route: await watched(gateway.pid, () => post(gateway.url, linesOver(ids, items))) };
    } finally {
      await gateway.stop();
    }
  } finally {
    await engine.close();
    await servers.stop();
  }
}

async function watched(pid: number, work: () => Promise<number>) {
  const rssBeforeMb = ownRssMb(pid);
  let rssPeakMb = rssBeforeMb;
  const watch = setInterval(() => (rssPeakMb = Math.max(rssPeakMb, ownRssMb(pid))), 100);
  const startMs = performance.now();
  const items = await work().finally(() => clearInterval(watch));
  return { items, seconds: (performance.now() - startMs) / 1000, rssBeforeMb, rssPeakMb };
}

async function post(url: string, lines: Iterable<string>): Promise<number> {
  const upload = request(`${url}/api/v1/descriptions`, { method: 'POST', headers: { 'Content-Type': 'application/jsonl' } });
  const answered = new Promise<IncomingMessage>((resolve, reject) => upload.once('response', resolve).once('error', reject));
  await pipeline(Readable.from(inPieces(lines)), upload);
  const response = await answered;
  const body = await text(response);
  if (response.statusCode !== 202) throw new Error(`The gateway answered ${response.statusCode} ${body}`);
  return accepted.parse(JSON.parse(body)).counts.total;
}

function* itemsOver(ids: string[], count: number): Generator<NewItem> {
  for (let i = 0; i < count; i++) yield { clipId: ids[i % ids.length] ?? null, customId: `item ${i}` };
}

function* linesOver(ids: string[], count: number): Generator<string> {
  for (const item of itemsOver(ids, count)) yield `${JSON.stringify(item)}\n`;
}

/** A write for each line would measure the client. */
function* inPieces(lines: Iterable<string>): Generator<Buffer> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < 65_536) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}
