// npm run show -- traffic [--predictions 10000] [--callers 16]
// Two aliases share the traffic of a classifier 90 to 10. While predictions are asked for, production is promoted to a third version and
// rolled back. Then the rows are counted: each prediction has a result, each job has one version, and it is the one that held when it came.
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Workspace, Workspaces } from '@earshot/database';
import { FolderBlobStore } from '@earshot/storage';
import { DescribeStack } from '../bench/describe/stack.js';
import { registerModel } from '../bench/serve/register-model.js';
import { printLine } from '../print-line.js';
import { noiseWav } from '../stack/noise-wav.js';
import { judge, type Move, type RecordedJob } from './traffic/judge.js';

const itemsPerJob = 4;
const classifier = 'bench'; // talent is a model that comes with Earshot
const challengerPercent = 10;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { predictions: { type: 'string', default: '10000' }, callers: { type: 'string', default: '16' } },
  });
  const jobs = Math.ceil(Number(values.predictions) / itemsPerJob);
  const stack = await DescribeStack.start('notify', { children: 2 });
  try {
    const workspace = await new Workspaces(stack.database).named('default');
    await prepare(workspace, stack.servers.home);
    const clipIds = await upload(stack.gateway.url, 40);
    const moves = await load(stack.gateway.url, clipIds, { jobs, callers: Number(values.callers) });
    const recorded = await stack.database.run<RecordedJob>(recordedStatement, []);
    const verdict = judge(recorded, moves, { jobs, itemsPerJob, challengerPercent });
    printLine({ moves: moves.map(({ what, status, tookMs }) => ({ what, status, tookMs })), ...verdict });
    if (verdict.faults.length > 0) process.exitCode = 1;
  } finally {
    await stack.stop();
  }
}

/** Versions 1 (production), 2 (challenger), 3 (to be promoted). */
async function prepare(workspace: Workspace, home: string): Promise<void> {
  const store = new FolderBlobStore({ folder: `${home}/blobs` });
  for (const seed of [1, 2, 3]) await registerModel(workspace, store, classifier, seed);
  await store.close();
  const { aliases, classifiers } = workspace.models;
  await aliases.move(classifier, 'production', 1, 0);
  await aliases.move(classifier, 'challenger', 2, 0);
  await classifiers.change(classifier, { traffic: { production: 100 - challengerPercent, challenger: challengerPercent } }, 0);
}

async function upload(url: string, count: number): Promise<string[]> {
  const form = new FormData();
  for (let i = 0; i < count; i++) form.append('file', new Blob([new Uint8Array(noiseWav(i))]), `${i}.wav`);
  const response = await fetch(`${url}/api/v1/clips`, { method: 'POST', body: form });
  const { items }: { items: { id: string }[] } = await response.json();
  return items.map(({ id }) => id);
}

/** Asks for all jobs; after a third of them production is promoted, after two thirds rolled back. */
async function load(url: string, clipIds: string[], { jobs, callers }: { jobs: number; callers: number }): Promise<Move[]> {
  const moves: Move[] = [];
  const promotion = { at: Math.floor(jobs / 3), what: 'promote', path: 'versions/3/promote', version: 3 };
  const rollBack = { at: Math.floor((2 * jobs) / 3), what: 'roll back', path: 'aliases/production/rollback', version: 1 };
  let next = 0;
  const caller = async () => {
    for (let n = next++; n < jobs; n = next++) {
      for (const { at, what, path, version } of [promotion, rollBack]) if (n === at) moves.push(await move(url, what, path, version));
      await predict(url, clipIds, n);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return moves;
}

async function move(url: string, what: string, path: string, version: number): Promise<Move> {
  const beganMs = Date.now();
  const response = await fetch(`${url}/api/v1/classifiers/${classifier}/${path}`, { method: 'POST' });
  const endedMs = Date.now();
  return { what, version, status: response.status, beganMs, endedMs, tookMs: endedMs - beganMs };
}

async function predict(url: string, clipIds: string[], n: number): Promise<void> {
  const ids = Array.from({ length: itemsPerJob }, (_, i) => clipIds[(n * itemsPerJob + i) % clipIds.length]);
  const response = await fetch(`${url}/api/v1/predictions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'wait=30', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ classifier, clipIds: ids }),
  });
  if (!response.ok) throw new Error(`Job ${n} was answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}

const recordedStatement = {
  name: 'recorded-versions',
  text: `
select j.id, j.state, (extract(epoch from j.created_at) * 1000)::float8 as "createdAtMs", (j.input->>'version')::int as version, j.input->>'alias' as alias,
  array_agg((i.result->'model'->>'version')::int order by i.index) as "itemVersions",
  array_agg(i.result->'model'->>'alias' order by i.index) as "itemAliases"
from job j join item i on i.job_id = j.id where j.kind = 'predict' group by j.id`,
};
