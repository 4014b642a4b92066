import { Repeated } from '../engine/repeated.js';
import type { Schedule, Schedules, Ticks } from './schedules.js';

/** How often in its pause a schedule is looked at. */
const looksInAPause = 10;

/** Schedules without Redis: each process looks whether the row is due. */
export class PostgresSchedules implements Schedules {
  private readonly looks: Repeated[];

  constructor(schedules: readonly Schedule[], ticks: Ticks) {
    this.looks = schedules.map(
      (schedule) =>
        new Repeated(
          () => ticks.tick(schedule),
          (schedule.everySeconds * 1_000) / looksInAPause,
          () => undefined, // a tick never rejects
        ),
    );
  }

  start(): void {
    for (const look of this.looks) look.start();
  }

  async close(): Promise<void> {
    await Promise.all(this.looks.map((look) => look.stop()));
  }
}
