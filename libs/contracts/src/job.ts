import { z } from 'zod';
import { queueNames, slots, type Task } from './task.js';

/** One task for so many items: for `items` where the job has many, and down to `fewest` where several workers should share a few. */
interface Chunks {
  readonly per: 'chunk';
  readonly items: number;
  readonly fewest: number;
}

/** How many tasks a part of a stage has: one for each chunk of the job's items, one in all, or as many as an earlier stage said. */
type Spread = Chunks | { readonly per: 'job' } | { readonly per: 'output'; readonly of: string; readonly count: string };

export interface StagePart {
  readonly task: Task;
  readonly spread: Spread;
}

/** One step of a job's plan: it ends when all of its tasks have, and then the next begins. */
export interface Stage {
  readonly name: string;
  readonly parts: readonly [StagePart, ...StagePart[]];
}

interface JobSpec {
  /** A verb. Stored in rows: never renamed. */
  readonly kind: string;
  readonly summary: string;
  /** The options of the job; its items come beside them. They are handed to each task of the job as its input. */
  readonly input: z.ZodType;
  readonly stages: readonly [Stage, ...Stage[]];
  /** What the job as a whole comes to, beside the results of its items: the output of its last stage's one task. */
  readonly result?: z.ZodObject;
}

/** What a client asks for and polls: a plan of stages. */
export type Job = JobSpec;

export function defineJob<const Spec extends JobSpec>(spec: Spec): Spec {
  checkPlan(spec);
  return spec;
}

interface Named {
  /** The task's by default. */
  name?: string;
}

interface ChunkSizes extends Pick<Chunks, 'items'> {
  /** `items` by default. */
  fewest?: number;
}

/** A stage of tasks that cover the job's items chunk by chunk. A failure costs these items only, and a chunk whose worker died is split. */
export function eachChunk(task: Task, { items, fewest = items, name = task.name }: ChunkSizes & Named): Stage {
  return { name, parts: [{ task, spread: { per: 'chunk', items, fewest } }] };
}

/** A stage of one task for the whole job, which reads the items page by page. It is never split, and its failure fails the job. */
export function once(task: Task, { name = task.name }: Named = {}): Stage {
  return { name, parts: [{ task, spread: { per: 'job' } }] };
}

/** A stage of as many tasks as the number `count` in the output of an earlier stage, which is `once`, says. The failure of one fails the job. */
export function perOutput(task: Task, { of, count, name = task.name }: { of: string; count: string } & Named): Stage {
  return { name, parts: [{ task, spread: { per: 'output', of, count } }] };
}

/** A stage of different tasks at the same time. */
export function together(name: string, ...stages: readonly [Stage, ...Stage[]]): Stage {
  const [first, ...others] = stages;
  return { name, parts: [...first.parts, ...others.flatMap(({ parts }) => parts)] };
}

export type JobInput<J extends Job> = z.output<J['input']>;

/** A part of a stage as rows carry it. Without items of its own (`itemsPerTask` 0) a task is for the whole job. */
const plannedPart = z.strictObject({
  task: z.string(),
  version: z.int().positive(),
  queue: z.enum(queueNames),
  slot: z.enum(slots),
  itemsPerTask: z.int().nonnegative(),
  /** The stage whose output says how many tasks there are, and under which name; null: the items do, or it is one. */
  countOf: z.strictObject({ stage: z.int().nonnegative(), name: z.string() }).nullable(),
});

export const plannedStage = z.strictObject({ name: z.string(), parts: z.array(plannedPart).min(1) });

export type PlannedPart = z.output<typeof plannedPart>;
export type PlannedStage = z.output<typeof plannedStage>;

/** The stages of a job over so many items, as its rows carry them; over many, where that is not known yet. */
export function planOf(job: Job, total = Number.POSITIVE_INFINITY): PlannedStage[] {
  const indexOf = (name: string) => job.stages.findIndex((stage) => stage.name === name);
  return job.stages.map(({ name, parts }) => ({
    name,
    parts: parts.map(({ task, spread }) => ({
      task: task.name,
      version: task.version,
      queue: task.queue,
      slot: task.slot,
      itemsPerTask: spread.per === 'chunk' ? itemsOfChunk(spread, total) : 0,
      countOf: spread.per === 'output' ? { stage: indexOf(spread.of), name: spread.count } : null,
    })),
  }));
}

/** A job is divided into so many chunks, where these are neither too small nor too large then. */
const wantedChunks = 16;

function itemsOfChunk({ items, fewest }: Chunks, total: number): number {
  return Math.max(fewest, Math.min(items, Math.ceil(total / wantedChunks)));
}

/** The task whose results are the results of the job's items: the last that covers them. */
export function itemTaskOf(stages: readonly Stage[]): Task | undefined {
  return stages.flatMap(({ parts }) => parts).findLast(({ spread }) => spread.per === 'chunk')?.task;
}

/** Throws when the plan cannot be carried out. */
function checkPlan({ kind, stages, result }: JobSpec): void {
  const refuse = (reason: string): never => {
    throw new Error(`Job ${kind}: ${reason}`);
  };
  const onlyTaskOf = (stage: Stage | undefined) =>
    stage?.parts.length === 1 && stage.parts[0].spread.per === 'job' ? stage.parts[0].task : undefined;
  stages.forEach(({ name, parts }, index) => {
    if (stages.findIndex((other) => other.name === name) !== index) refuse(`two stages are called ${name}`);
    if (new Set(parts.map(({ task }) => task.name)).size < parts.length) refuse(`stage ${name} has a task twice`);
    if (parts.filter(({ spread }) => spread.per === 'chunk').length > 1)
      refuse(`two tasks of stage ${name} would bring results for an item`);
    for (const { task, spread } of parts) {
      if (spread.per === 'chunk' && task.itemResult === undefined) refuse(`${task.name} covers items, yet says nothing of them`);
      if (spread.per !== 'output') continue;
      const counts = onlyTaskOf(stages.slice(0, index).find((earlier) => earlier.name === spread.of))?.output?.shape[spread.count];
      if (counts === undefined) refuse(`no earlier stage ${spread.of} of one task puts out ${spread.count}`);
      else if (z.safeParse(counts, 0).success || z.safeParse(counts, 1.5).success)
        refuse(`${spread.count} must be a whole number from 1 up`);
    }
  });
  if (result !== undefined && onlyTaskOf(stages.at(-1))?.output !== result)
    refuse(`its result is not the output of its last stage's one task`);
}
