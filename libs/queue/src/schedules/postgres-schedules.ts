import { Repeated } from '../repeated.js';
import { againAfter, type Schedule, type Schedules, type Ticks } from './schedules.js';

/** Schedules without Redis: each process looks whether the row is due. */
export class PostgresSchedules implements Schedules {
  private readonly looks: Repeated[];

  constructor(schedules: readonly Schedule[], ticks: Ticks) {
    this.looks = schedules.map(
      (schedule) =>
        new Repeated(
          async () => void (await ticks.tick(schedule)),
          againAfter * schedule.everySeconds * 1_000,
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
