import { setTimeout as sleep } from 'node:timers/promises';
import { floodRequests } from './flood-requests.js';
import { callers, type OverloadStack } from './overload-stack.js';
import { RawConnection } from './raw-connection.js';

const lanes = 32;
/** So many wait at any moment: enough that nobody who works is ever without work. */
const mostWaiting = 300;
const warmUpSeconds = 3;

/** How many clips a second are taken and described, when there are always some to do and nobody waits for any of them. */
export async function capacityOf(stack: OverloadStack, seconds = 10): Promise<number> {
  const { url } = stack.gateway;
  const requests = floodRequests(1_000, callers.greedy);
  let [sent, accepted, done, isOver] = [0, 0, await stack.finished(), false];
  const doneBefore = done;
  const lane = async () => {
    const connection = new RawConnection(url);
    while (!isOver) {
      const isEnough = accepted - (done - doneBefore) >= mostWaiting;
      if (!isEnough && (await connection.ask(requests[sent++ % requests.length] ?? Buffer.alloc(0))).status === 202) accepted++;
      else await sleep(5);
    }
    connection.close();
  };
  const asking = Promise.all(Array.from({ length: lanes }, lane));
  const watchFor = async (forSeconds: number) => {
    for (const endMs = performance.now() + 1_000 * forSeconds; performance.now() < endMs; await sleep(100)) done = await stack.finished();
    return { done, atMs: performance.now() };
  };
  const begin = await watchFor(warmUpSeconds);
  const end = await watchFor(seconds);
  isOver = true;
  await asking;
  return Math.round((end.done - begin.done) / ((end.atMs - begin.atMs) / 1_000));
}
