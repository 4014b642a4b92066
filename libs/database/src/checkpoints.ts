import { EarshotError } from '@earshot/contracts';
import type { Database } from './database.js';
import type { OwnedTask } from './hot/lease.js';
import { sql } from './sql.js';

/** How far a task has come: `step` of `of`, and what it has to say of it (a loss, a rate). */
export interface Progress {
  step: number;
  of: number;
  figures: Record<string, number>;
}

/** Bytes that a checkpoint refers to. They are stored before it is written. */
export interface CheckpointBlob {
  sha256: string;
  sizeBytes: number;
}

/** What a later attempt goes on from. `step` only ever grows. */
export interface Checkpoint {
  step: number;
  /** Of the shape that the task's contract says. */
  document: object;
  blobs: CheckpointBlob[];
}

/**
 * The checkpoints of long tasks, fenced like their results. The newest is kept and the one before, with the blobs of both; each new one
 * forgives the task the deaths and the retries of the way to it.
 */
export class Checkpoints {
  constructor(private readonly database: Database) {}

  /** False when another attempt owns the task, or its job has ended: then nothing was written. The same step again is no second one. */
  async write({ id, attempt }: OwnedTask, { step, document, blobs }: Checkpoint): Promise<boolean> {
    const rows = await this.database.run<{ forward: boolean }>(writeCheckpointStatement, [
      id,
      attempt,
      JSON.stringify({ step, document, blobs }),
    ]);
    if (rows[0]?.forward === false) throw new EarshotError('INTERNAL', `Task ${id} wrote a checkpoint of step ${step} after a later one`);
    return rows.length === 1;
  }

  /** Null when there is none: then the task begins at its beginning. */
  async latest(taskId: number): Promise<Checkpoint | null> {
    const [row] = await this.database.run<{ newest: Checkpoint }>(readCheckpointStatement, [taskId]);
    return row?.newest ?? null;
  }

  /** Tells how far the task has come. False when another attempt owns it, or its job has ended. */
  async progress({ id, attempt }: OwnedTask, progress: Progress): Promise<boolean> {
    return (await this.database.run(writeProgressStatement, [id, attempt, JSON.stringify(progress)])).length === 1;
  }

  /** Lets go of the checkpoints of tasks that have ended, of at most `limit`; returns of how many. */
  async release(limit = 100): Promise<number> {
    const [row] = await this.database.run<{ n: number }>(releaseStatement, [limit]);
    return row?.n ?? 0;
  }
}

const writeCheckpointStatement = sql('write-checkpoint');
const readCheckpointStatement = sql('read-checkpoint');
const writeProgressStatement = sql('write-progress');
const releaseStatement = sql('release-checkpoints');
