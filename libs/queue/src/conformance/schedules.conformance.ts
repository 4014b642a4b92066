// What is promised of recurring work. Run by schedules.spec.ts against real servers.
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '@earshot/database';
import { startTestPostgres, type TestPostgres } from '@earshot/database/testing';
import { openSchedules } from '../schedules/open-schedules.js';

const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export function describeSchedules(name: string, server: () => { redisUrl: string | undefined; lose: () => Promise<void> }): void {
  describe(`recurring work with ${name}`, () => {
    let postgres: TestPostgres;
    let database: Database;

    beforeAll(async () => {
      postgres = await startTestPostgres();
      database = new Database({ url: await postgres.createDatabase(), applicationName: 'schedules-spec' });
    }, 60_000);
    afterAll(async () => {
      await database.close();
      await postgres.stop();
    });

    it('runs once each time, whichever of two processes does it, also after everything but PostgreSQL was lost', async () => {
      const { redisUrl, lose } = server();
      const runs: number[] = [];
      const schedule = { name: 'drill', everySeconds: 1, run: async () => void runs.push(performance.now()) };
      const open = () => openSchedules([schedule], { redisUrl, prefix: name, database, log: silentLog });
      const both = [open(), open()];
      const until = async (count: number) => {
        for (const deadline = Date.now() + 15_000; runs.length < count && Date.now() < deadline; await sleep(20));
        expect(runs.length).toBeGreaterThanOrEqual(count);
      };
      for (const one of both) one.start();
      try {
        await until(3);
        await lose();
        await until(6);
      } finally {
        await Promise.all(both.map((one) => one.close()));
      }
      const pauses = runs.slice(1).map((at, i) => at - (runs[i] ?? Number.NaN));
      expect(Math.min(...pauses)).toBeGreaterThan(600); // a double would come at once
    }, 60_000);

    it('is tried again after a tenth of its pause when it failed', async () => {
      const runs: number[] = [];
      const run = async () => {
        runs.push(performance.now());
        if (runs.length === 1) throw new Error('not this time');
      };
      const schedule = { name: 'stumbles', everySeconds: 20, run };
      const one = openSchedules([schedule], { redisUrl: server().redisUrl, prefix: name, database, log: silentLog });
      one.start();
      try {
        for (const deadline = Date.now() + 12_000; runs.length < 2 && Date.now() < deadline; await sleep(20));
      } finally {
        await one.close();
      }
      const [first, second] = runs;
      expect(Number(second) - Number(first)).toBeGreaterThan(1_900);
    }, 60_000);
  });
}
