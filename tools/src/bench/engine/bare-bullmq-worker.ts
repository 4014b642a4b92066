// The process of a bare BullMQ worker that does nothing: `node bare-bullmq-worker.js REDIS_URL QUEUE CONCURRENCY COUNT`.
// Begins when it is told to, and tells when COUNT jobs are done.
import { Worker } from 'bullmq';

const [url, queue = '', concurrency, count] = process.argv.slice(2);
const worker = new Worker(queue, async () => undefined, {
  connection: { url, maxRetriesPerRequest: null },
  concurrency: Number(concurrency),
  removeOnComplete: { count: 0 },
  autorun: false,
});
let done = 0;
worker.on('completed', () => {
  done += 1;
  if (done === Number(count)) process.send?.({ done });
});
await worker.waitUntilReady();
process.on('message', () => void worker.run());
process.on('SIGTERM', async () => {
  await worker.close();
  process.exit(0);
});
process.send?.({ ready: true });
