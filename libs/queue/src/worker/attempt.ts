import { EarshotError, type Effect, type Task } from '@earshot/contracts';
import {
  Checkpoints,
  type ClaimedTask,
  type Database,
  type EffectCall,
  isDatabaseAway,
  type Progress,
  TaskReader,
} from '@earshot/database';
import type { z } from 'zod';
import type { EngineLog } from '../log.js';
import type { ResumePoint, TaskContext } from './handler.js';
import { Outcomes } from './outcomes.js';
import type { PassingFailures } from './retries.js';
import { untilAvailable } from './until-available.js';

interface AttemptOptions {
  contract: Task;
  task: ClaimedTask;
  abort: AbortController;
  /** Aborts when the process is ending. */
  ending: AbortSignal;
  database: Database;
  log: EngineLog;
}

/** What was written for this task is of another version of its contract than this worker's. */
export class OtherVersion extends Error {}

/** One attempt at a task: what its handler is given, and what that has brought so far. */
export class Attempt {
  readonly outcomes: Outcomes;
  readonly effects: EffectCall[] = [];
  failures: PassingFailures;
  output: object | undefined;
  private readonly checkpoints: Checkpoints;
  private readonly reader: TaskReader;
  private readonly stall: NodeJS.Timeout | undefined;

  constructor(private readonly options: AttemptOptions) {
    const { contract, task, abort, database, log } = options;
    this.failures = { retries: task.retries, waits: task.waits };
    this.outcomes = new Outcomes(contract, abort.signal, log);
    this.checkpoints = new Checkpoints(database);
    this.reader = new TaskReader(database, task);
    const { progressSeconds } = contract;
    if (progressSeconds !== undefined) {
      const stalled = new EarshotError('TASK_STALLED', `No sign of progress for ${progressSeconds} s`);
      this.stall = setTimeout(() => abort.abort(stalled), progressSeconds * 1_000);
    }
  }

  /** The task's input, as its contract has it. */
  get input(): unknown {
    return known(this.options.contract.input, this.options.task.input);
  }

  get context(): TaskContext<Task> {
    const { task, abort, ending } = this.options;
    const { id: taskId, attempt, jobId, workspaceId, ordinal } = task;
    return {
      taskId,
      attempt,
      jobId,
      workspaceId,
      ordinal,
      signal: abort.signal,
      items: task.items.filter(({ deleted }) => !deleted),
      item: async (index, work) => {
        await this.outcomes.keep(index, work);
        this.stall?.refresh();
      },
      readItems: (pageSize = 1_000) => this.readItems(pageSize),
      outputs: async (of) => (await this.reader.outputs(of.name)).map(({ output }) => known(of.output, output)),
      resumeFrom: this.resumePoint(),
      checkpointSoon: ending,
      checkpoint: (point) => this.checkpoint(point),
      progress: (progress) => this.progress(progress),
      stopAsked: () => this.stopAsked(),
      output: (value) => {
        this.output = schemaOf(this.options.contract, 'output').parse(value);
      },
      effect: (effect, input) => this.effect(effect, input),
    };
  }

  /** The handler has ended. */
  end(): void {
    clearTimeout(this.stall);
  }

  private resumePoint(): ResumePoint<Task> | null {
    const { contract, task } = this.options;
    if (task.checkpoint === null) return null;
    return { ...task.checkpoint, document: known(schemaOf(contract, 'checkpoint'), task.checkpoint.document) };
  }

  private async *readItems(pageSize: number) {
    for (let after = -1; ; ) {
      const page = await this.reader.page(after, pageSize);
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) return;
      after = last.index;
    }
  }

  private async checkpoint({
    step,
    document,
    blobs = [],
    of,
    figures = {},
  }: Parameters<TaskContext<Task>['checkpoint']>[0]): Promise<void> {
    const { contract, task, abort, ending, log } = this.options;
    const point = { step, document: schemaOf(contract, 'checkpoint').parse(document), blobs };
    const onAway = (error: Error) => log.warn({ error, taskId: task.id }, 'A checkpoint could not be written yet; it is tried again');
    this.mustOwn(await untilAvailable(() => this.checkpoints.write(task, point), { signal: abort.signal, onAway }));
    this.failures = { retries: 0, waits: 0 };
    this.stall?.refresh();
    if (of !== undefined) await this.progress({ step, of, figures });
    if (ending.aborted) abort.abort(new EarshotError('SHUTTING_DOWN', 'The worker is ending, and the task has its checkpoint'));
    abort.signal.throwIfAborted();
  }

  /** That Postgres is away is no reason to fail: the next sign of progress tells more than this one. */
  private async progress(progress: Progress): Promise<void> {
    const { task, log } = this.options;
    this.stall?.refresh();
    try {
      this.mustOwn(await this.checkpoints.progress(task, progress));
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      log.debug({ error, taskId: task.id }, 'Progress could not be told');
    }
  }

  /** While Postgres is away nobody has: whoever asks does so again. */
  private async stopAsked(): Promise<boolean> {
    try {
      return await this.reader.isStopAsked();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      return false;
    }
  }

  private effect(effect: Effect, input: object): void {
    const { contract } = this.options;
    if (!contract.effects.includes(effect)) throw new Error(`The contract of ${contract.name} does not name the effect ${effect.name}`);
    this.effects.push({ name: effect.name, input: effect.input.parse(input) });
  }

  private mustOwn(owned: boolean): void {
    const { abort } = this.options;
    if (!owned) abort.abort(new EarshotError('JOB_CANCELLED', 'The job has ended, or another attempt owns the task'));
    abort.signal.throwIfAborted();
  }
}

function schemaOf<T extends Task, What extends 'output' | 'checkpoint'>(contract: T, what: What): NonNullable<T[What]> {
  const schema = contract[what];
  if (schema === undefined || schema === null) throw new Error(`The contract of ${contract.name} has no ${what}`);
  return schema;
}

/** Whoever wrote it held it to its contract: where it does not fit ours, the contracts differ. */
function known<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new OtherVersion('What was written does not fit the contract of this worker', { cause: parsed.error });
  return parsed.data;
}
