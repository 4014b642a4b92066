import { randomUUID } from 'node:crypto';
import { NotifyDoorbell } from '../doorbell/notify-doorbell.js';
import { freshEngine } from '../testing/fresh-engine.js';
import { JobWaiter } from './job-waiter.js';

describe('who waits for the end of a job', () => {
  const on = freshEngine(async () => ({
    open: ({ database, listener }) => new NotifyDoorbell(database, listener, () => undefined),
    erase: async () => undefined,
    stop: async () => undefined,
  }));

  it.each(['junk', '', '"text"', 'null', '{"jobId":7}'])('is told nothing by a notice like %p, and goes on', async (junk) => {
    const waiter = new JobWaiter(on.database, on.listener);
    await waiter.start();
    on.closesLater(waiter);
    const jobId = randomUUID();
    const ended = waiter.wait(jobId, 10_000);
    await on.sql('select pg_notify($1, $2)', [waiter.channel, junk]);
    await on.sql('select pg_notify($1, $2)', [waiter.channel, JSON.stringify({ jobId, state: 'succeeded' })]);
    expect(await ended).toEqual({ jobId, state: 'succeeded' });
  });
});
