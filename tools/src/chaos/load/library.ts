import { randomUUID } from 'node:crypto';
import { embedders } from '@earshot/learning';
import { z } from 'zod';
import type { Random } from '../../random.js';
import type { Part, Run } from '../run.js';
import { askUntilAnswered } from './ask.js';
import { firstClipOf } from './clip-numbers.js';
import type { KnownSample } from './history.js';
import { filesOf, postKeyed } from './post-work.js';

const route = '/api/v1/library/clips';
const filesInOne = 6;
/** Less than a library has to grow by until its indexes are made anew by themselves. */
const shareAtOnce = 0.6;

const accepted = z.object({ id: z.string() });
const item = z.object({ clipId: z.string(), filename: z.string() });

/** Samples come into the library, are changed, leave it and come back, and indexes of it are made, the first ones as soon as there is something. */
export const library: Part = {
  name: 'library',
  isFault: false,
  atLeast: ({ samples, libraryChanges, rebuilds }) => ({
    samplesAdded: samples,
    samplesChanged: libraryChanges,
    samplesRemoved: libraryChanges,
    indexesAsked: embedders.length + rebuilds,
  }),
  async run(run, random) {
    const { samples, libraryChanges: changes, rebuilds } = run.sizes;
    const groups = samples / filesInOne;
    const firstGroups = Math.ceil(shareAtOnce * groups);
    for (let group = 0; group < firstGroups; group++) await add(run, group);
    for (const { name } of embedders) await askForIndex(run, name);
    let [group, rebuilt] = [firstGroups, 0];
    for await (const n of run.spread(changes, { to: 0.95 })) {
      const isDue = (done: number, all: number) => done < Math.ceil(((n + 1) / changes) * all);
      while (isDue(group - firstGroups, groups - firstGroups)) await add(run, group++);
      if (isDue(rebuilt, rebuilds)) await askForIndex(run, embedders[rebuilt++ % embedders.length]!.name);
      await change(run, random, n);
      const gone = await remove(run, random);
      if (n % 3 === 0 && gone !== null) await putBack(run, gone);
    }
  },
};

async function add(run: Run, group: number): Promise<void> {
  const clips = Array.from({ length: filesInOne }, (_, i) => firstClipOf.library + group * filesInOne + i);
  const genre = `genre ${group}`;
  const body = filesOf(clips);
  body.append('samples', JSON.stringify(clips.map(() => ({ genre }))));
  const work = await postKeyed(run, { kind: 'samples', path: route, body, clips });
  run.history.works.push(work);
  const request = { path: `/api/v1/jobs/${work.jobId}/items`, headers: { accept: 'application/jsonl' } };
  const items = (await askUntilAnswered(run, request, [200])).body.split('\n').filter(Boolean);
  for (const [i, line] of items.entries()) {
    const { clipId } = item.parse(JSON.parse(line));
    run.history.samples.set(clipId, { clipId, clipNumber: clips[i] ?? 0, genre, isIn: true, isMoving: false });
  }
  run.count('samplesAdded', items.length);
}

/** The same a second time changes nothing more, so it may be sent again. */
async function change(run: Run, random: Random, n: number): Promise<void> {
  const sample = random.pick(samplesOf(run));
  const genre = `other genre ${n}`;
  const headers = { 'content-type': 'application/json' };
  await askUntilAnswered(run, { path: `${route}/${sample.clipId}`, method: 'PATCH', headers, body: JSON.stringify({ genre }) }, [200]);
  sample.genre = genre;
  run.count('samplesChanged');
}

/** With its clip or without; a clip on which work waits cannot be deleted. Returns what was taken out and is still a clip. */
async function remove(run: Run, random: Random): Promise<KnownSample | null> {
  const sample = random.pick(samplesOf(run));
  sample.isMoving = true;
  const withClip = random.next() < 0.5 && (await isRemoved(run, `/api/v1/clips/${sample.clipId}`));
  if (!withClip) await isRemoved(run, `${route}/${sample.clipId}`);
  sample.isIn = false;
  sample.isMoving = false;
  run.count('samplesRemoved');
  return withClip ? null : sample;
}

/** A gateway may remove something and die before it says so: then the next one knows no such thing. False: it is in use. */
async function isRemoved(run: Run, path: string): Promise<boolean> {
  const { status } = await askUntilAnswered(run, { path, method: 'DELETE' }, [204, 404, 409]);
  return status !== 409;
}

async function putBack(run: Run, sample: KnownSample): Promise<void> {
  sample.genre = 'back again';
  sample.isIn = true; // from now on searches may find it
  sample.isMoving = true;
  const body = JSON.stringify({ samples: [{ clipId: sample.clipId, genre: sample.genre }] });
  const work = { kind: 'samples', path: route, body, contentType: 'application/json', clips: [sample.clipNumber] } as const;
  run.history.works.push(await postKeyed(run, work));
  sample.isMoving = false;
}

async function askForIndex(run: Run, embedder: string): Promise<void> {
  const headers = { 'content-type': 'application/json', prefer: 'respond-async', 'idempotency-key': randomUUID() };
  const request = { path: '/api/v1/library/index-rebuilds', method: 'POST', headers, body: JSON.stringify({ embedder }) };
  const { body } = await askUntilAnswered(run, request, [202]);
  run.history.rebuilds.push(accepted.parse(JSON.parse(body)).id);
  run.count('indexesAsked');
}

function samplesOf({ history }: Run): KnownSample[] {
  return [...history.samples.values()].filter(({ isIn }) => isIn);
}
