import { poison } from '../drill/drill.jobs.js';
import type { Part } from '../run.js';
import { follow } from './follow.js';
import { untilAnswered } from './until-answered.js';

const named = (count: number, nameOf: (i: number) => string = (i) => `item ${i}`) => Array.from({ length: count }, (_, i) => nameOf(i));

/** A long job of three stages, there through most of the faults, and its events. */
export const staged: Part = {
  name: 'staged',
  isFault: false,
  atLeast: () => ({ stagedAsked: 1 }),
  async run(run) {
    const { drillItems, drillItemMs } = run.sizes;
    const { id } = await untilAnswered(() => run.office.staged(named(drillItems), { seed: run.seed, ...drillItemMs }));
    run.history.drills.push(id);
    run.count('stagedAsked');
    await follow(run, id);
  },
};

/** Items that kill their workers: some by themselves, and some in every other chunk of eight, to be found among the innocent. */
export const poisoned: Part = {
  name: 'poison',
  isFault: true, // whoever does them dies
  atLeast: ({ poisonAlone, poisonInChunks }) => ({ poisonAsked: poisonAlone + poisonInChunks }),
  async run(run) {
    const { poisonAlone, poisonInChunks, drillItemMs } = run.sizes;
    const input = { seed: run.seed, ...drillItemMs };
    const chunked = named(16 * poisonInChunks, (i) => (i % 16 === 5 ? `${poison} ${i}` : `item ${i}`));
    const alone = named(poisonAlone, (i) => `${poison} ${i}`);
    for (const [names, itemsPerTask] of [
      [chunked, 8],
      [alone, 1],
    ] as const) {
      if (names.length === 0) continue;
      const { id } = await untilAnswered(() => run.office.single(names, itemsPerTask, input));
      run.history.drills.push(id);
      run.count('poisonAsked', names.filter((name) => name.startsWith(poison)).length);
    }
  },
};

/** Work for workers of this version, while others of the version before claim beside them. */
export const updates: Part = {
  name: 'updates',
  isFault: false,
  atLeast: ({ updates }) => ({ updatesAsked: updates, doneByOlderWorkers: 5 }),
  async run(run) {
    for await (const n of run.spread(run.sizes.updates)) {
      const { id } = await untilAnswered(() => run.office.updated(named(12), { seed: n, leastMs: 5, mostMs: 100 }));
      run.history.drills.push(id);
      run.count('updatesAsked');
    }
  },
};

/** More work than fits before its deadline. */
export const deadlines: Part = {
  name: 'deadlines',
  isFault: false,
  atLeast: ({ deadlines }) => ({ deadlinesPassed: deadlines }),
  async run(run, random) {
    for await (const n of run.spread(run.sizes.deadlines)) {
      const deadlineMs = random.between(1_000, 3_000);
      const input = { seed: n, leastMs: 4_000, mostMs: 5_000 };
      const { id } = await untilAnswered(() => run.office.single(named(64), 1, input, new Date(Date.now() + deadlineMs)));
      run.history.late.push(id);
      run.count('deadlinesPassed');
    }
  },
};
