// The process of a worker whose handler does nothing: `node empty-worker.js DATABASE_URL PLACES [REDIS_URL]`.
import { Database, Listener } from '@earshot/database';
import { createLog } from '@earshot/platform';
import { openDoorbell, Worker } from '@earshot/queue';
import { emptyTask } from './empty-job.js';

const [url = '', slots, redisUrl] = process.argv.slice(2);
const log = createLog({ service: 'bench worker', level: 'warn' });
const applicationName = 'bench worker';
const database = new Database({ url, applicationName });
const listener = new Listener({ url, applicationName });
await listener.start();
const doorbell = openDoorbell({ redisUrl, database, listener, log });
const handler = {
  async run(
    _: unknown,
    { items, item }: { items: readonly { index: number }[]; item(index: number, work: () => Promise<object>): Promise<void> },
  ) {
    for (const { index } of items) await item(index, async () => ({}));
  },
};
const worker = new Worker({
  name: 'bench',
  database,
  listener,
  doorbell,
  queues: [emptyTask.queue],
  handlers: new Map([[emptyTask.name, { task: emptyTask, handler }]]),
  slots: Number(slots),
  log,
});
await worker.start();
process.on('SIGTERM', async () => {
  await worker.close();
  await doorbell.close();
  await listener.close();
  await database.close();
  process.exit(0);
});
process.send?.({ ready: true });
