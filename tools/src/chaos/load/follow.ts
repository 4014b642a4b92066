import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../run.js';
import type { FollowedJob } from './history.js';

const reconnectMs = 200;

/** Follows a job's events to its end, over as many connections as that takes: each goes on after the last event that came. */
export async function follow(run: Run, jobId: string): Promise<void> {
  const followed: FollowedJob = { jobId, events: [], connections: 0 };
  run.history.followed.push(followed);
  for (;;) {
    const last = followed.events.at(-1);
    if (last?.type === 'job.finished') return;
    const url = `${run.gatewayUrl()}/api/v1/jobs/${jobId}/events`;
    try {
      const answer = await fetch(url, { headers: last === undefined ? {} : { 'last-event-id': `${last.number}` } });
      if (answer.status === 204) return; // all is known
      if (answer.status === 200) {
        followed.connections += 1;
        for await (const event of eventsOf(answer)) followed.events.push(event);
      } else {
        await answer.body?.cancel();
        if (answer.status < 500 && answer.status !== 429) run.history.oddAnswers.push(`${url}: ${answer.status}`);
      }
    } catch {
      // the gateway was killed under the stream
    }
    await sleep(reconnectMs);
  }
}

async function* eventsOf(answer: Response): AsyncGenerator<FollowedJob['events'][number]> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of answer.body ?? new ReadableStream<Uint8Array>()) {
    const text = decoder.decode(bytes, { stream: true });
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = /^id: (\d+)\nevent: (\S+)\n/.exec(block);
      if (event !== null) yield { number: Number(event[1]), type: event[2] ?? '' };
    }
  }
}
