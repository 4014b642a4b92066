import { type Database, hot } from './database.js';
import { sql } from './sql.js';

/** Waiting tasks of a queue that are looked at; a position is counted up to here. */
export const frontTasks = 1_000;

/** How long a look at a queue is good for. */
const goodForMs = 1_000;

interface WaitingJob {
  jobId: string;
  priority: number;
  tasks: number;
  ahead: number;
}

type Front = Map<string, WaitingJob>;

/**
 * Where jobs stand in their queues, as seen within the last second. One look at the first thousand tasks answers for every job that is asked
 * for: counting for each of them what is ahead of it took 4 ms a job.
 */
export class QueueFronts {
  private readonly fronts = new Map<string, { lookedMs: number; front: Promise<Front> }>();

  constructor(private readonly database: Database) {}

  /** How many waiting tasks are ahead of the job's first; `frontTasks` stands for that many or more. */
  async position({ id, queue, priority }: { id: string; queue: string; priority: number }): Promise<number> {
    const front = await this.front(queue);
    const seen = front.get(id);
    if (seen !== undefined) return seen.ahead;
    // Too far back to be seen, or younger than the look: behind all that is as urgent.
    let ahead = 0;
    for (const job of front.values()) if (job.priority <= priority) ahead += job.tasks;
    return ahead;
  }

  private front(queue: string): Promise<Front> {
    const last = this.fronts.get(queue);
    if (last !== undefined && performance.now() - last.lookedMs < goodForMs) return last.front;
    const front = this.look(queue);
    this.fronts.set(queue, { lookedMs: performance.now(), front });
    front.catch(() => this.fronts.delete(queue));
    return front;
  }

  private async look(queue: string): Promise<Front> {
    const rows = await this.database.run<WaitingJob>(queueFrontStatement, [queue, frontTasks]);
    return new Map(rows.map((row) => [row.jobId, row]));
  }
}

const queueFrontStatement = hot(sql('queue-front'));
