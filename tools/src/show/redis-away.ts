// npm run show -- redis-away [--quick]
// Redis is killed and stays away while uploads go on: each is accepted at once, and described as soon as Redis is back.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DrillOffice } from '../chaos/drill/drill-office.js';
import { type PostedUpload, postUpload, Unanswered } from '../chaos/load/post-upload.js';
import { Stack } from '../chaos/stack/stack.js';
import { printLine } from '../print-line.js';

const uploadsPerSecond = 20;
const promisedAnswerMs = 1_000;
const promisedRecoverySeconds = 15;
const patienceSeconds = 60;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { quick: { type: 'boolean' } } });
  const awaySeconds = values.quick ? 10 : 60;
  const stack = await Stack.start({ doorbell: 'redis', gateways: 1, extractors: 2, drillWorkers: 0 });
  const office = await DrillOffice.open(stack.postgres.url);
  try {
    await Promise.all(Array.from({ length: 4 }, (_, n) => postUpload(stack.url, 1_000_000 + n))); // both sides are warm
    await stack.redis?.kill();
    const startMs = performance.now();
    const answers: Promise<PostedUpload | Unanswered>[] = [];
    for (let n = 0; n < awaySeconds * uploadsPerSecond; n++) {
      await sleep(Math.max(0, startMs + (1_000 * n) / uploadsPerSecond - performance.now()));
      answers.push(postUpload(stack.url, n));
    }
    const outcomes = await Promise.all(answers);
    const uploads = outcomes.flatMap((outcome) => (outcome instanceof Unanswered ? [] : [outcome]));
    await sleep(Math.max(0, startMs + 1_000 * awaySeconds - performance.now()));
    const waiting = await unfinished(office);
    await stack.redis?.start();
    const recoverySeconds = await secondsUntilFinished(office);

    const accepted = uploads.filter(({ status }) => status === 202).length;
    const slowestMs = Math.round(Math.max(...uploads.map(({ answeredMs }) => answeredMs)));
    const described = await succeeded(office, uploads);
    const isKept =
      accepted === outcomes.length &&
      slowestMs <= promisedAnswerMs &&
      described === outcomes.length &&
      recoverySeconds <= promisedRecoverySeconds &&
      stack.unexpectedEnds.length === 0;
    const report = { awaySeconds, uploads: outcomes.length, accepted, slowestMs, promisedAnswerMs, waiting, described, recoverySeconds };
    printLine({ ...report, promisedRecoverySeconds, unexpectedEnds: stack.unexpectedEnds, verdict: isKept ? 'ok' : 'broken' });
    process.exitCode = isKept ? 0 : 1;
  } finally {
    await office.close();
    await stack.close();
  }
}

async function unfinished({ database }: DrillOffice): Promise<number> {
  const text = 'select count(*)::int as jobs from job where finished_at is null';
  const [row] = await database.run<{ jobs: number }>({ name: 'unfinished', text }, []);
  return row?.jobs ?? 0;
}

async function secondsUntilFinished(office: DrillOffice): Promise<number> {
  const startMs = performance.now();
  const seconds = () => Math.round((performance.now() - startMs) / 100) / 10;
  while (seconds() < patienceSeconds && (await unfinished(office)) > 0) await sleep(50);
  return seconds();
}

async function succeeded({ database }: DrillOffice, uploads: PostedUpload[]): Promise<number> {
  const ids = uploads.flatMap(({ jobId }) => jobId ?? []);
  const text = `select count(*)::int as jobs from job where id = any($1::uuid[]) and state = 'succeeded' and succeeded = 1`;
  const [row] = await database.run<{ jobs: number }>({ name: 'succeeded', text }, [ids]);
  return row?.jobs ?? 0;
}
