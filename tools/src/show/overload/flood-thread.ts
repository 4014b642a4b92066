// A thread of its own, so that it sends when it is time to send: asks so many times a second, whatever became of what it asked before.
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { FloodPlan, FloodResult } from './flood.js';
import { floodRequests } from './flood-requests.js';
import { type RawAnswer, RawConnection } from './raw-connection.js';

const { url, sender, perSecond, seconds, connections }: FloodPlan = workerData;
const requests = floodRequests(1_000, sender);
/** Node takes one new connection in each round of its loop: those of a client that has been there for a while are open. */
const idle: RawConnection[] = [];
for (let n = 0; n < connections; n++) idle.push(await RawConnection.opened(url));
const underWay = new Set<Promise<void>>();
const result: FloodResult = { sent: 0, notSent: 0, accepted: [], refused: {}, wrong: {}, longestRetryAfter: 0 };

const startMs = performance.now();
for (let due = 0; ; await sleep(1)) {
  const elapsedSeconds = (performance.now() - startMs) / 1_000;
  if (elapsedSeconds >= seconds) break;
  for (; due < elapsedSeconds * perSecond; due++) askOnce(due);
}
await Promise.all(underWay);
parentPort?.postMessage(result);

/** On the connection that was used last; a client that has none left does not ask. */
function askOnce(number: number): void {
  const free = idle.pop();
  if (free === undefined) return void result.notSent++;
  const connection = free.isOpen ? free : new RawConnection(url);
  if (connection !== free) free.close();
  result.sent++;
  const asking = connection.ask(requests[number % requests.length] ?? Buffer.alloc(0)).then((answer) => {
    note(answer);
    underWay.delete(asking);
    idle.push(connection);
  });
  underWay.add(asking);
}

function note({ status, retryAfterSeconds, body, ms }: RawAnswer): void {
  if (status === 202) {
    const { id }: { id: string } = JSON.parse(body);
    result.accepted.push({ jobId: id, ms });
    return;
  }
  const isRight = (status === 429 || status === 503) && retryAfterSeconds >= 1;
  const told = isRight ? result.refused : result.wrong;
  told[status] = (told[status] ?? 0) + 1;
  result.longestRetryAfter = Math.max(result.longestRetryAfter, retryAfterSeconds);
}
