// Every rule of the verdict is held against a run in which all went well, and against one in which exactly what it forbids has happened.
import { embedders } from '@earshot/learning';
import { History } from '../load/history.js';
import { knownClip } from '../load/known-clip.js';
import { knownVectors } from '../load/known-vectors.js';
import { chaosProfile } from '../load/many-clips.js';
import { expectedFold } from '../long/expected-fold.js';
import { longFit } from '../long/long.jobs.js';
import type { Evidence } from './evidence.js';
import { judge, rules } from './judge.js';

type Mutable<T> = unknown extends T
  ? T
  : T extends (...args: never[]) => unknown
    ? T
    : T extends ReadonlyMap<infer K, infer V>
      ? Map<K, V>
      : T extends readonly (infer Item)[]
        ? Mutable<Item>[]
        : { -readonly [Key in keyof T]: Mutable<T[Key]> };

const readItem = (clip: number, vector: number[] | null = null) => {
  const { frames, durationSeconds, peak } = knownClip(clip);
  return { filename: `clip-${clip}.wav`, frames, durationSeconds, peak, vector };
};
const vectorOf = (clip: number) => [...(knownVectors(clip, [chaosProfile])[0] ?? [])];

/** Two uploads, features of one clip, a drill of two stages over two items, a poisonous one, a cancelled and an expired job. */
function goodRun(): Mutable<Evidence> {
  const history = new History();
  const work = { isKeyed: true, answeredMs: 12 };
  history.works.push(
    { jobId: 'describe-1', kind: 'describe', clips: [1], ...work },
    { jobId: 'describe-2', kind: 'describe', clips: [2, 3], ...work },
    { jobId: 'features-1', kind: 'features', clips: [4], ...work },
  );
  history.worksToCancel.push({ jobId: 'cancelled-1', kind: 'describe', clips: [5], ...work });
  history.ends.push({ jobId: 'cancelled-1', state: 'cancelled', results: 0 });
  history.late.push('late-1');
  history.drills.push('drill-1', 'poison-1');
  history.longJobs.push({ jobId: 'long-1', alias: 'fit', items: 5 });
  history.samples.set('here', { clipId: 'here', clipNumber: 8, genre: 'dub', isIn: true, isMoving: false });
  history.samples.set('left', { clipId: 'left', clipNumber: 9, genre: 'dub', isIn: false, isMoving: false });
  history.rebuilds.push('rebuild-1');
  history.followed.push({ jobId: 'drill-1', events: [1, 2, 3].map((number) => ({ number, type: typeOf(number) })), connections: 2 });
  history.stored.push({ clipId: 'kept', clipNumber: 6, isDeleted: false }, { clipId: 'gone', clipNumber: 7, isDeleted: true });
  const job = (id: string, kind: string, state: string, [total, succeeded, failed]: [number, number, number]) => ({
    ...{
      id,
      kind,
      state,
      total,
      succeeded,
      failed,
      events: 3,
      finishedAtMs: 5_000,
      result: null as unknown,
      startedBy: null as string | null,
    },
  });
  const jobs = [
    job('describe-1', 'describe', 'succeeded', [1, 1, 0]),
    job('describe-2', 'describe', 'succeeded', [2, 2, 0]),
    job('features-1', 'features', 'succeeded', [1, 1, 0]),
    job('cancelled-1', 'describe', 'cancelled', [1, 0, 0]),
    job('late-1', 'drill-single', 'expired', [1, 0, 0]),
    job('drill-1', 'drill-staged', 'succeeded', [2, 2, 0]),
    job('poison-1', 'drill-single', 'failed', [1, 0, 1]),
    { ...job('long-1', 'drill-long', 'succeeded', [0, 0, 0]), result: { ...expectedFold(5), isRight: true, alias: 'fit' } },
    job('rebuild-1', 'rebuild-index', 'succeeded', [0, 0, 0]),
    { ...job('started-1', 'drill-single', 'succeeded', [0, 0, 0]), startedBy: 'long-1' },
  ];
  const long = (event: 'begin' | 'step' | 'checkpoint', attempt: number, step: number) => ({
    ...{ event, jobId: 'long-1', task: longFit.name, attempt, step, pid: 1, atMs: 1_000 },
  });
  const item = (jobId: string, index: number, state: string, more: object = {}) => ({
    ...{ jobId, index, name: null, filename: null, state, nonce: null, by: null, code: null },
    ...more,
  });
  const task = (id: number, jobId: string, stageIndex: number, fromIndex: number, state = 'succeeded') => ({
    ...{ id, jobId, stageIndex, fromIndex, toIndex: fromIndex + 1, state, attempt: 1 },
  });
  const stage = (jobId: string, index: number, name: string, tasks: number, more: object = {}) => ({
    ...{ jobId, index, task: name, opened: 1, tasks, remaining: 0, openedAtMs: 1_000 },
    ...more,
  });
  const line = (event: 'start' | 'done', stageName: string, taskId: number, index: number, atMs: number) => ({
    ...{ event, jobId: 'drill-1', stage: stageName, taskId, attempt: 1, index, nonce: `n${taskId}`, pid: 1, atMs },
  });
  return {
    history: history as Mutable<History>,
    log: [
      ...[line('start', 'drill.first', 10, 0, 1_000), line('done', 'drill.first', 10, 0, 1_100)],
      ...[line('start', 'drill.first', 11, 1, 1_000), line('done', 'drill.first', 11, 1, 1_200)],
      ...[line('start', 'drill.second', 12, 0, 1_300), line('done', 'drill.second', 12, 0, 1_400)],
      ...[line('start', 'drill.second', 13, 1, 1_300), line('done', 'drill.second', 13, 1, 1_500)],
    ],
    longLog: [
      long('begin', 1, 0),
      long('step', 1, 1),
      long('checkpoint', 1, 1),
      long('step', 1, 2),
      long('begin', 2, 1),
      long('step', 2, 2),
    ],
    rows: {
      jobs,
      aliases: [{ name: 'fit', target: 'long-1', version: 1 }],
      stages: [
        stage('describe-1', 0, 'clips.describe', 1),
        stage('drill-1', 0, 'drill.first', 2),
        stage('drill-1', 1, 'drill.second', 2),
        stage('poison-1', 0, 'drill.first', 1),
      ],
      tasks: [
        task(1, 'describe-1', 0, 0),
        task(10, 'drill-1', 0, 0),
        task(11, 'drill-1', 0, 1),
        task(12, 'drill-1', 1, 0),
        task(13, 'drill-1', 1, 1),
        task(20, 'poison-1', 0, 0),
        task(30, 'cancelled-1', 0, 0, 'cancelled'),
      ],
      items: [
        item('describe-1', 0, 'succeeded', { filename: 'clip-1.wav' }),
        item('describe-2', 0, 'succeeded', { filename: 'clip-2.wav' }),
        item('describe-2', 1, 'succeeded', { filename: 'clip-3.wav' }),
        item('features-1', 0, 'succeeded', { filename: 'clip-4.wav' }),
        item('cancelled-1', 0, 'pending', { filename: 'clip-5.wav' }),
        item('late-1', 0, 'pending', { name: 'item 0' }),
        item('drill-1', 0, 'succeeded', { name: 'item 0', nonce: 'n12', by: 1 }),
        item('drill-1', 1, 'succeeded', { name: 'item 1', nonce: 'n13', by: 1 }),
        item('poison-1', 0, 'failed', { name: 'poison 0', code: 'TASK_QUARANTINED' }),
      ],
      events: jobs.flatMap(({ id }) => [1, 2, 3].map((number) => ({ jobId: id, number, type: typeOf(number) }))),
      ended: new Map([['drill-1', 'as it ended']]),
    },
    read: [
      { jobId: 'describe-1', status: 200, items: [readItem(1)] },
      { jobId: 'describe-2', status: 200, items: [readItem(2), readItem(3)] },
      { jobId: 'features-1', status: 200, items: [readItem(4, vectorOf(4))] },
    ],
    readClips: [
      { clipId: 'kept', status: 200, isWhole: true },
      { clipId: 'gone', status: 404, isWhole: false },
    ],
    library: {
      samples: [{ clipId: 'here', genre: 'dub' }],
      versions: embedders.map(({ name }) => ({
        ...{ embedder: name, collection: `index by ${name}`, isLive: true },
        entries: [{ clipId: 'here', wanted: true, isApplied: true }],
      })),
      collections: embedders.map(({ name }) => ({ name: `index by ${name}`, clipIds: ['here'] })),
    },
    finds: embedders.map(({ name }) => ({ clipId: 'here', embedder: name, first: 'here', distance: 1e-7, found: ['here'] })),
    stuck: [],
    unexpectedEnds: [],
    outliving: [],
  };
}

const typeOf = (number: number) => (number === 3 ? 'job.finished' : 'job.progress');
const watched = (run: Mutable<Evidence>) => (run.history.endedJobs as Map<string, string>).set('drill-1', 'as it ended');

describe('the verdict of a run in which all went well', () => {
  it('is ok', () => {
    const run = goodRun();
    watched(run);
    expect(judge(run as Evidence, { kills: { times: 3, atLeast: 3 } })).toMatchObject({ verdict: 'ok', violations: [], missing: [] });
  });

  it('is void when a fault was not done as often as it has to be, whatever else there was', () => {
    const tallies = { kills: { times: 2, atLeast: 3 }, freezes: { times: 5, atLeast: 1 } };
    expect(judge(goodRun() as Evidence, tallies)).toMatchObject({ verdict: 'void', missing: ['kills: 2 of at least 3'] });
  });
});

describe('the verdict is broken when', () => {
  const found = (spoil: (run: Mutable<Evidence>) => void) => {
    const run = goodRun();
    watched(run);
    spoil(run);
    const verdict = judge(run as Evidence, { kills: { times: 0, atLeast: 1 } });
    expect(verdict.verdict).toBe('broken');
    return verdict.violations.join('\n');
  };
  const jobOf = (run: Mutable<Evidence>, id: string) => run.rows.jobs.find((job) => job.id === id)!;
  const itemOf = (run: Mutable<Evidence>, id: string, index = 0) =>
    run.rows.items.find((item) => item.jobId === id && item.index === index)!;
  const taskOf = (run: Mutable<Evidence>, id: number) => run.rows.tasks.find((task) => task.id === id)!;

  it.each<[string, (run: Mutable<Evidence>) => void, RegExp]>([
    ['a result cannot be read', (run) => (run.read[0]!.items = null), /acknowledged works have not all of their results.*describe-1/],
    ['one of several results is missing', (run) => run.read[1]!.items!.pop(), /have not all of their results.*describe-2/],
    [
      "a result is another clip's",
      (run) => (run.read[0]!.items![0] = readItem(2)),
      /results that are not those of their clips.*describe-1/,
    ],
    ['results stand in another order', (run) => run.read[1]!.items!.reverse(), /not those of their clips.*describe-2/],
    ['a vector differs in one number', (run) => (run.read[2]!.items![0]!.vector![7]! += 1e-3), /not those of their clips.*features-1/],
    [
      'an upload was made into two items',
      (run) => run.rows.items.push({ ...itemOf(run, 'describe-1'), jobId: 'twin' }),
      /more items than were asked for.*clip-1.wav/,
    ],
    [
      'two uploads were answered with one job',
      (run) => run.history.works.push({ ...run.history.works[0]! }),
      /answered with another one's job/,
    ],
    [
      'there is a clip that nobody asked for',
      (run) => run.rows.items.push({ ...itemOf(run, 'describe-1'), filename: 'clip-99.wav' }),
      /nobody was told of/,
    ],
    ['a stored clip lost its bytes', (run) => (run.readClips[0]!.isWhole = false), /stored clips cannot be read.*kept/],
    ['a deleted clip is still there', (run) => (run.readClips[1]!.status = 200), /stored clips cannot be read.*gone/],
    ['a drill was lost as a whole', (run) => run.history.drills.push('never-seen'), /never-seen has 0 results of 0/],
    ['an item of a drill has no result', (run) => (itemOf(run, 'drill-1', 1).state = 'pending'), /drill-1 has 1 results of 2/],
    ['a result is of an execution that never ended', (run) => run.log.pop(), /are from no execution that ended/],
    [
      'a result is of an attempt that did not own its task',
      (run) => (taskOf(run, 13).attempt = 2),
      /are from no execution that ended while it alone owned/,
    ],
    ['an item is covered by two tasks', (run) => (taskOf(run, 12).toIndex = 2), /while it alone owned its task/],
    [
      'a retry left an item out',
      (run) => run.history.retries.push({ jobId: 'describe-1', of: 'late-1' }),
      /retries are not over the items without a result/,
    ],
    ['a stage was opened twice', (run) => (run.rows.stages[2]!.opened = 2), /opened twice/],
    ['a stage has more tasks than it counts', (run) => run.rows.tasks.push({ ...taskOf(run, 11), id: 99 }), /more tasks than they count/],
    ['a stage was not counted down', (run) => (run.rows.stages[1]!.remaining = 1), /not opened once and counted down/],
    ['a stage began before the one before it was done', (run) => (run.log[4]!.atMs = 1_150), /began before the stage before it was done/],
    ['a stage left an item out', (run) => run.log.splice(3, 1), /drill.first of job drill-1 did 1 items of 2/],
    [
      'an innocent item was given up',
      (run) => Object.assign(itemOf(run, 'describe-1'), { state: 'failed', code: 'TASK_QUARANTINED' }),
      /items failed that are no poison/,
    ],
    [
      'poison was not given up',
      (run) => Object.assign(itemOf(run, 'poison-1'), { state: 'pending', code: null }),
      /poisonous items were not quarantined/,
    ],
    ['much was done twice', (run) => (taskOf(run, 1).attempt = 6), /executions a task are more than/],
    [
      'a fit left an item out',
      (run) => (jobOf(run, 'long-1').result = { ...expectedFold(4), isRight: true, alias: 'fit' }),
      /another result than their items demand/,
    ],
    ['an alias was moved twice', (run) => (run.rows.aliases[0]!.version = 2), /effects not exactly once/],
    ['a linked job was started twice', (run) => (jobOf(run, 'late-1').startedBy = 'long-1'), /effects not exactly once/],
    ['a fit forgot its checkpoint', (run) => (run.longLog[4]!.step = 0), /before a checkpoint that was acknowledged/],
    ['a sample was lost', (run) => run.library.samples.pop(), /not in the library as it was told last.*here/],
    [
      'a sample came back',
      (run) => run.library.samples.push({ clipId: 'left', genre: 'dub' }),
      /not in the library as it was told last.*left/,
    ],
    ['a change of a sample was lost', (run) => (run.library.samples[0]!.genre = null), /not in the library as it was told last.*here/],
    [
      'the library has what nobody added',
      (run) => run.library.samples.push({ clipId: 'stranger', genre: null }),
      /nobody was told of.*stranger/,
    ],
    ['an index was not made', (run) => (jobOf(run, 'rebuild-1').state = 'failed'), /were asked for and not made/],
    ['an embedder has no index', (run) => run.library.versions.pop(), /have not one index.*electro-45/],
    ['an old version of an index is still there', (run) => (run.library.versions[0]!.isLive = false), /not asked any more/],
    ['a change was not followed', (run) => (run.library.versions[0]!.entries[0]!.isApplied = false), /not followed/],
    ['an entry is lacking', (run) => run.library.versions[0]!.entries.pop(), /between the library and the entries of.*here/],
    ['a vector is lacking', (run) => run.library.collections[0]!.clipIds.pop(), /what Chroma has.*here/],
    ['a vector is left of a sample that is gone', (run) => run.library.collections[1]!.clipIds.push('left'), /what Chroma has.*left/],
    [
      'a collection was abandoned',
      (run) => run.library.collections.push({ name: 'abandoned', clipIds: [] }),
      /no version of an index names.*abandoned/,
    ],
    ['another sample is found first', (run) => (run.finds[0]!.first = 'other'), /by their own sound.*here/],
    ["a vector is not the sound's", (run) => (run.finds[1]!.distance = 0.1), /by their own sound.*here/],
    ['a sample that is gone is found', (run) => run.finds[0]!.found.push('left'), /found what is not in the library/],
    ['a search was answered wrongly', (run) => run.history.wrongFinds.push({ first: 'other' }), /answered wrongly meanwhile/],
    ['a cancelled job went on', (run) => (jobOf(run, 'cancelled-1').state = 'succeeded'), /not as they were when their end was answered/],
    [
      'a cancelled job got a result',
      (run) => (itemOf(run, 'cancelled-1').state = 'succeeded'),
      /not as they were when their end was answered/,
    ],
    ['a deadline passed unnoticed', (run) => (jobOf(run, 'late-1').state = 'succeeded'), /passed their deadline/],
    ['an ended job changed', (run) => run.rows.ended.set('drill-1', 'otherwise'), /changed after they had ended/],
    ['an ended job has a task that waits', (run) => (taskOf(run, 30).state = 'queued'), /tasks wait or run whose jobs have ended/],
    ['a job came back to life', (run) => (jobOf(run, 'drill-1').state = 'running'), /open and have an end/],
    ['a counter is wrong', (run) => (jobOf(run, 'describe-2').succeeded = 1), /count other items/],
    ['an event is missing', (run) => run.rows.events.splice(1, 1), /gaps in the numbers/],
    [
      'a follower was told an event twice',
      (run) => run.history.followed[0]!.events.push({ number: 3, type: 'job.finished' }),
      /followers were told other events/,
    ],
    ['a follower missed an event', (run) => run.history.followed[0]!.events.shift(), /followers were told other events/],
    [
      'a job has not ended',
      (run) => run.stuck.push({ jobId: 'x', kind: 'describe', state: 'running', reasons: [] }),
      /had not ended in time/,
    ],
    [
      'a service ended by itself',
      (run) => run.unexpectedEnds.push({ name: 'gateway 1', how: 'SIGSEGV', lastLines: [] }),
      /ended by themselves/,
    ],
    ['a process outlived its service', (run) => run.outliving.push('ffmpeg'), /outlived/],
    ['somebody got an odd answer', (run) => run.history.oddAnswers.push('POST /: 404'), /neither what was asked for/],
  ])('%s', (_what, spoil, violation) => expect(found(spoil)).toMatch(violation));

  it('every rule is tried', () => expect(rules).toHaveLength(17));
});
