import { ChoreRepository, type Database } from '@earshot/database';
import type { EngineLog } from '../log.js';

/** Work that comes again and again, once for all processes together. */
export interface Schedule {
  /** Of its row in PostgreSQL, and of BullMQ's job scheduler. */
  name: string;
  everySeconds: number;
  run(): Promise<void>;
}

/** Keeps schedules. Two implementations, one conformance suite. */
export interface Schedules {
  start(): void;
  close(): Promise<void>;
}

/** A tick may come early by so much of its pause; one that comes sooner is another's double. */
const turnAfter = 0.9;

/** What failed is due again after so much of its pause. */
export const againAfter = 0.1;

/** One tick of a schedule, whoever tells of it: its row lets one process through each time. */
export class Ticks {
  private readonly chores: ChoreRepository;

  constructor(
    database: Database,
    private readonly log: EngineLog,
  ) {
    this.chores = new ChoreRepository(database);
  }

  /** Never rejects. False: it failed, and is due again after a tenth of the pause. */
  async tick({ name, everySeconds, run }: Schedule): Promise<boolean> {
    try {
      if (!(await this.chores.takeTurn(name, turnAfter * everySeconds))) return true;
      await run().catch(async (error: unknown) => {
        await this.chores.tryAgain(name, againAfter * everySeconds);
        throw error;
      });
      return true;
    } catch (error) {
      this.log.warn({ error, schedule: name }, 'Scheduled work failed and is tried again');
      return false;
    }
  }
}
