import type { Database, Statement } from './database.js';
import { Outbox } from './hot/ring.js';

/** What an operator has said of a queue. */
export interface QueueRule {
  queue: string;
  /** Nothing begins; what runs goes on. */
  paused: boolean;
  /** Tasks that run at once, on all machines together; null: as many as there are slots. */
  limitTasks: number | null;
}

/** Workers listen here for the names of queues in which something may begin. */
export const workChannel = 'earshot_work';

/** Tasks made due in one statement. */
const pageTasks = 500;

/** Pauses and limits. They are rows, and every claim obeys them; a doorbell is only told. */
export class QueueRules {
  constructor(private readonly database: Database) {}

  /** The rule of each queue, also of those of which nothing was said. */
  async of(queues: readonly string[]): Promise<QueueRule[]> {
    const rows = await this.database.prisma.queueRule.findMany({ where: { queue: { in: [...queues] } } });
    return queues.map((queue) => {
      const { paused = false, limitTasks = null } = rows.find((row) => row.queue === queue) ?? {};
      return { queue, paused, limitTasks };
    });
  }

  /** Changes the rule, and tells the workers that there may be something to begin. */
  async change(queue: string, changes: Partial<Omit<QueueRule, 'queue'>>): Promise<void> {
    await this.database.prisma.queueRule.upsert({ where: { queue }, create: { queue, ...changes }, update: changes });
    const outbox = new Outbox(this.database); // rings of before led nowhere, or were in the wrong number
    while ((await outbox.forgetRings(queue, pageTasks)) === pageTasks);
    await this.database.run(tellStatement, [workChannel, queue]);
  }
}

const tellStatement: Statement = { name: 'tell-workers', text: 'select pg_notify($1, $2)' };
