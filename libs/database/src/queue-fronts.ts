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

interface Front {
  /** By the ids of the jobs, how many tasks are ahead of the first of each. */
  ahead: ReadonlyMap<string, number>;
  /** How many tasks are as urgent as each priority there is, or more. */
  urgent: readonly { priority: number; tasks: number }[];
}

/**
 * Where jobs stand in their queues, as seen within the last second. One look at the first thousand tasks answers for every job that is asked
 * for: counting for each of them what is ahead of it took 4 ms a job.
 */
export class QueueFronts {
  private readonly fronts = new Map<string, { lookedMs: number; front: Promise<Front> }>();

  constructor(private readonly database: Database) {}

  /** How many waiting tasks are ahead of the job's first; `frontTasks` stands for that many or more. */
  async position({ id, queue, priority }: { id: string; queue: string; priority: number }): Promise<number> {
    const { ahead, urgent } = await this.front(queue);
    // Too far back to be seen, or younger than the look: behind all that is as urgent.
    return ahead.get(id) ?? urgent.findLast((step) => step.priority <= priority)?.tasks ?? 0;
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
    return frontOf(await this.database.run<WaitingJob>(queueFrontStatement, [queue, frontTasks]));
  }
}

function frontOf(jobs: readonly WaitingJob[]): Front {
  const urgent: { priority: number; tasks: number }[] = [];
  for (const { priority, tasks } of jobs.toSorted((a, b) => a.priority - b.priority)) {
    const last = urgent.at(-1);
    if (last?.priority === priority) last.tasks += tasks;
    else urgent.push({ priority, tasks: (last?.tasks ?? 0) + tasks });
  }
  return { ahead: new Map(jobs.map(({ jobId, ahead }) => [jobId, ahead])), urgent };
}

const queueFrontStatement = hot(sql('queue-front'));
