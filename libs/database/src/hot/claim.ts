import type { Slot, Task } from '@earshot/contracts';
import type { Checkpoint } from '../checkpoints.js';
import { type Database, hot } from '../database.js';
import type { Grouped } from '../grouped.js';
import { sql } from '../sql.js';
import { leaseSeconds } from './lease.js';

/** An item as a task sees it. The clip's fields are null where the item has no clip. */
export interface ClaimedItem {
  index: number;
  customId: string | null;
  clipId: string | null;
  sha256: string | null;
  filename: string | null;
  sizeBytes: number | null;
  /** The clip was deleted after the job had been accepted. */
  deleted: boolean;
  /** Something was kept that had been computed from the clip's bytes before; if not, nobody need look for it. */
  hasDerived: boolean;
}

/** A task that this process owns while its lease lasts, and nobody with an older attempt does. */
export interface ClaimedTask {
  id: number;
  attempt: number;
  workspaceId: string;
  jobId: string;
  /** Of the job. */
  kind: string;
  stageIndex: number;
  name: string;
  version: number;
  slot: Slot;
  /** Which of its name it is in its stage, from 0. */
  ordinal: number;
  fromIndex: number;
  toIndex: number;
  /** A smaller one goes first. */
  priority: number;
  retries: number;
  waits: number;
  /** A worker died while it ran: it has to run alone. */
  suspect: boolean;
  /** Its queue has a limit: when it ends another may begin. */
  limited: boolean;
  /** No later stage covers items: what it says of an item is the item's result. */
  last: boolean;
  /** What an earlier attempt came to, and this one goes on from. */
  checkpoint: Checkpoint | null;
  input: unknown;
  /** Of the request that asked for the job. */
  requestId: string | null;
  /** Those of its items that have no result yet. */
  items: ClaimedItem[];
}

/**
 * Whether a task covers items of its job, which its failure costs then. One that does not is for the job as a whole: it is never split,
 * and its failure is the job's.
 */
export function coversItems({ fromIndex, toIndex }: { fromIndex: number; toIndex: number }): boolean {
  return toIndex > fromIndex;
}

/** What a worker can do: the names of contracts, and the newest version of each that it knows. */
export type Ability = Pick<Task, 'name' | 'version'>;

interface NextOptions {
  withSuspect?: boolean;
  /** What kind of slots are free; short ones by default. */
  slot?: Slot;
  /** Takes only what is more urgent than this priority; whatever waits by default. */
  before?: number;
}

interface Claim {
  ids: number[];
  withSuspect: boolean;
}

/** Beyond every priority. */
const leastUrgent = 32_767;

/** How far from the front of the queues a suspect is looked for; they are old, so they stand there. */
const suspectsWithin = 1_000;

/**
 * Takes tasks for one process: by id, as the doorbell rang for them, or as many of a queue as there are free places. Of suspects, which run
 * alone, it takes one at most and none without `withSuspect`: others would only wait beside it, and die with it.
 */
export class Claimer {
  private readonly byIds: Grouped<Claim, ClaimedTask[]>;

  private readonly fixed: [worker: string, leaseSeconds: number];
  private readonly able: [names: string[], versions: number[]];

  /** Nothing is claimed but what `able` names: it waits for a worker that knows it. */
  constructor(
    private readonly database: Database,
    worker: string,
    able: readonly Ability[],
  ) {
    this.fixed = [worker, leaseSeconds];
    this.able = [able.map(({ name }) => name), able.map(({ version }) => version)];
    this.byIds = database.grouped((groups) => this.claimGroups(groups));
  }

  /** Claims those of the tasks that are still waiting; the others are somebody else's or done. */
  claim(ids: number[], { withSuspect = true } = {}): Promise<ClaimedTask[]> {
    return this.byIds.submit({ ids, withSuspect });
  }

  /** Claims waiting tasks of the queues until they cover `limit` items, urgent and old ones first. A task for a whole job counts as one. */
  claimNext(
    queues: readonly string[],
    limit: number,
    { withSuspect = true, slot = 'short', before = leastUrgent }: NextOptions = {},
  ): Promise<ClaimedTask[]> {
    return this.database.run(claimNextStatement, [...this.fixed, queues, withSuspect, ...this.able, limit, slot, before]);
  }

  /** Claims a suspect if one waits, and has waited for so long. */
  claimSuspect(queues: readonly string[], { waitedSeconds = 0 } = {}): Promise<ClaimedTask[]> {
    return this.database.run(claimSuspectStatement, [...this.fixed, queues, suspectsWithin, ...this.able, waitedSeconds]);
  }

  /** Whether any task could have been claimed for that long. Suspects do not count, nor what this worker cannot do. */
  async hasWaitingSince(queues: readonly string[], ms: number, slot: Slot): Promise<boolean> {
    return (await this.database.run(hasWaitingStatement, [queues, ms, slot, ...this.able])).length > 0;
  }

  private async claimGroups(claims: Claim[]): Promise<ClaimedTask[][]> {
    const ids = claims.flatMap((claim) => claim.ids);
    const withSuspect = claims.some((claim) => claim.withSuspect);
    const claimed = await this.database.run<ClaimedTask>(claimIdsStatement, [...this.fixed, ids, withSuspect, ...this.able]);
    const byId = new Map(claimed.map((task) => [task.id, task]));
    return claims.map((claim) =>
      claim.ids.flatMap((id) => {
        const task = byId.get(id);
        byId.delete(id); // rung for twice in one group: the first takes it
        return task === undefined ? [] : [task];
      }),
    );
  }
}

const claimIdsStatement = hot(sql('claim-ids'));
const claimNextStatement = hot(sql('claim-next'));
const claimSuspectStatement = hot(sql('claim-suspect'));
const hasWaitingStatement = hot(sql('has-waiting'));
