import { setTimeout as sleep } from 'node:timers/promises';
import { moveAlias, startJob, startOf, type Task } from '@earshot/contracts';
import type { HandledTask, TaskContext, TaskHandler } from '@earshot/queue';
import { drillInput, singleDrill } from '../drill/drill.jobs.js';
import {
  aliasScope,
  type Fold,
  folded,
  type LongInput,
  longEvaluate,
  longFeatures,
  longFit,
  longInput,
  longRegister,
} from './long.jobs.js';
import type { LongLog } from './long-log.js';

type Run<T extends Task> = (input: LongInput, context: TaskContext<T>) => Promise<void>;

/** The handlers of long work, by the names of their tasks. */
export function longHandlers(log: LongLog): Map<string, HandledTask> {
  const handled = <T extends Task>(task: T, run: Run<T>): [string, HandledTask] => {
    const handler: TaskHandler<T> = {
      run(input, context) {
        const { jobId, attempt, resumeFrom } = context;
        log.write({ event: 'begin', jobId, task: task.name, attempt, step: resumeFrom?.step ?? 0 });
        return run(longInput.parse(input), context);
      },
    };
    return [task.name, { task, handler }];
  };
  return new Map([
    handled(longFeatures, async (_, { items, item }) => {
      for (const { index } of items) await item(index, async () => ({ feature: index * index }));
    }),
    handled(longFit, (input, context) => fit(input, context, log)),
    handled(longEvaluate, async (_, { readItems, outputs, output }) => {
      let expected: Fold = { items: 0, fold: 0 };
      for await (const { index } of readItems()) expected = folded(expected, index);
      const [found] = await outputs(longFit);
      if (found === undefined) throw new Error('The fit put out nothing');
      output({ ...found, isRight: found.items === expected.items && found.fold === expected.fold });
    }),
    handled(longRegister, async ({ alias }, { jobId, outputs, effect, output }) => {
      const [evaluated] = await outputs(longEvaluate);
      if (evaluated === undefined) throw new Error('The evaluation put out nothing');
      effect(moveAlias, { scope: aliasScope, name: alias, target: jobId, expectedVersion: 0 });
      const options = drillInput.parse({ seed: 1, leastMs: 1, mostMs: 2 });
      effect(startJob, startOf(singleDrill(1), { options, items: [{ clipId: null, customId: alias }] }));
      output({ ...evaluated, alias });
    }),
  ]);
}

async function fit(input: LongInput, context: TaskContext<typeof longFit>, log: LongLog): Promise<void> {
  const { jobId, attempt, resumeFrom, readItems, checkpoint, checkpointSoon, progress, output } = context;
  const note = (event: 'step' | 'checkpoint', step: number) => log.write({ event, jobId, task: longFit.name, attempt, step });
  let state: Fold = resumeFrom?.document ?? { items: 0, fold: 0 };
  let step = resumeFrom?.step ?? 0;
  let savedAtMs = Date.now();
  const done = state.items;
  let total = 0;
  for await (const _ of readItems()) total += 1;
  const stepMs = input.fitMs / Math.ceil(total / input.itemsPerStep);
  const save = async () => {
    await checkpoint({ step, document: state });
    note('checkpoint', step);
    savedAtMs = Date.now();
  };
  for await (const { index } of readItems()) {
    if (index < done) continue;
    state = folded(state, index);
    if (state.items % input.itemsPerStep !== 0 && state.items !== total) continue;
    await sleep(stepMs, undefined, { signal: context.signal });
    step += 1;
    note('step', step);
    await progress({ step, of: Math.ceil(total / input.itemsPerStep), figures: { items: state.items } });
    if (checkpointSoon.aborted || Date.now() - savedAtMs >= input.checkpointEveryMs) await save();
  }
  output(state);
}
