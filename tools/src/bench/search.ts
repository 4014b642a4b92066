// npm run bench -- search [--sizes 1000,10000,100000] [--queries 300] [--embedder sound-97@1]
// The index of libraries of several sizes, by vectors in clusters as sounds make them: how fast it is made, how long a search takes by a
// vector, by a sample, and by an uploaded second of sound, with and without a filter, and what the services hold. JSON lines.
import { parseArgs } from 'node:util';
import { getEmbedder } from '@earshot/learning';
import { directions } from '@earshot/vectors/testing';
import { LibraryStack } from '../library/library-stack.js';
import { printLine } from '../print-line.js';
import { noiseWav } from '../stack/noise-wav.js';
import { treePssMb } from '../stack/process-tree.js';
import { type Timings, timedOften } from './timing/timings.js';

const warmUpQueries = 20;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '1000,10000,100000' },
      queries: { type: 'string', default: '300' },
      embedder: { type: 'string', default: 'sound-97@1' },
    },
  });
  for (const size of values.sizes.split(',').map(Number)) await measure(size, Number(values.queries), values.embedder);
}

async function measure(size: number, queries: number, embedder: string): Promise<void> {
  const stack = await LibraryStack.start();
  try {
    const vectors = directions(size, getEmbedder(embedder).dimensions);
    const ids = await stack.plantVectors(embedder, vectors);
    const startMs = performance.now();
    const built = await stack.rebuilt(await stack.rebuild(embedder), 3_600);
    const buildSeconds = (performance.now() - startMs) / 1_000;
    printLine({
      samples: size,
      embedder,
      tried: built.tried,
      recall: built.recall,
      buildSeconds: rounded(buildSeconds),
      samplesPerSecond: Math.round(size / buildSeconds),
    });
    const step = Math.max(1, Math.floor(size / queries));
    const query = new URLSearchParams({ embedder });
    const byVector = (i: number) =>
      stack.post('/api/v1/library/search/vector', { embedder, vector: [...(vectors[(i * step) % size] ?? [])] });
    const ways: Record<string, (i: number) => Promise<unknown>> = {
      vector: byVector,
      sample: (i) => stack.similar(ids[(i * step) % size] ?? '', query.toString()),
      'sample, half of the library': (i) => stack.similar(ids[(i * step) % size] ?? '', `${query}&genre=techno`),
      'uploaded second': (i) =>
        stack.ask(`/api/v1/library/search?${query}`, { method: 'POST', headers: { Prefer: 'wait=30' }, body: formOf(i) }),
    };
    for (const [by, ask] of Object.entries(ways)) printLine({ samples: size, by, ...(await quantiles(ask, queries)) });
    printLine({ samples: size, by: 'vector, while crowding is measured again', ...(await afterOneCame(stack, embedder, byVector)) });
    printLine({
      samples: size,
      chromaMb: Math.round(treePssMb(stack.chroma.pid)),
      gatewayMb: Math.round(treePssMb(stack.gateway.pid)),
      indexerMb: Math.round(treePssMb(stack.indexer.pid)),
    });
  } finally {
    await stack.close();
  }
}

/** Searches from when one more sample has come until the crowding of all was measured again, and how long that took. */
async function afterOneCame(stack: LibraryStack, embedder: string, ask: (i: number) => Promise<unknown>) {
  const live = async () => (await stack.workspace.indexes.list()).find((one) => one.embedder === embedder && one.state === 'live');
  const before = await live();
  await stack.plantVectors(embedder, directions(1, getEmbedder(embedder).dimensions, { seed: 2 }));
  const isMeasured = async () => {
    const now = await live();
    return now !== undefined && now.mark !== before?.mark && now.crowdingMark === now.mark;
  };
  const startMs = performance.now();
  const tookMs: number[] = [];
  for (let i = 0; !(await isMeasured()); i++) tookMs.push((await timedOften(1, () => ask(i))).p50Ms);
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => rounded(tookMs[Math.floor(share * tookMs.length)] ?? Number.NaN);
  return { p50Ms: at(0.5), p95Ms: at(0.95), times: tookMs.length, seconds: rounded((performance.now() - startMs) / 1_000) };
}

/** One after the other, so that each has the machine for itself. */
async function quantiles(ask: (i: number) => Promise<unknown>, queries: number): Promise<Timings> {
  await timedOften(warmUpQueries, (i) => ask(queries + i));
  const { p50Ms, p95Ms, times } = await timedOften(queries, ask);
  return { p50Ms: rounded(p50Ms), p95Ms: rounded(p95Ms), times };
}

function formOf(number: number): FormData {
  const form = new FormData();
  form.append('file', new Blob([Uint8Array.from(noiseWav(number))]), `${number}.wav`);
  return form;
}

function rounded(value: number): number {
  return Math.round(10 * value) / 10;
}
