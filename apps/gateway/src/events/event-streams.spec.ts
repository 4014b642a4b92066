import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventRepository } from '@earshot/database';
import { createLog } from '@earshot/platform';
import type { Response } from 'express';
import { EventStreams } from './event-streams.js';

/** An answer whose client is there, or has left: then it has said `close`, and never says it again. */
function answer({ closed = false } = {}): Response {
  return Object.assign(new EventEmitter(), { closed, end: () => undefined }) as unknown as Response;
}

let asked: string[];
let streams: EventStreams;
beforeEach(() => {
  asked = [];
  const after = async (jobs: { jobId: string }[]) => {
    asked.push(jobs.map(({ jobId }) => jobId).join());
    return [];
  };
  streams = new EventStreams({ after } as Partial<EventRepository> as EventRepository, createLog({ service: 'spec', level: 'silent' }));
});
afterEach(() => streams.close());

const takeTimes = (count: number, holder: string) =>
  Array.from({ length: count }, () => {
    const response = answer();
    streams.take(response, holder);
    return response;
  });

describe('event streams', () => {
  it('of a client that has left meanwhile are not kept', async () => {
    for (let n = 0; n < 2_000; n++) {
      const response = answer({ closed: true });
      streams.take(response, 'somebody');
      streams.add({ jobId: 'left', kind: 'describe', after: 0, response });
    }
    takeTimes(1, 'somebody');
    streams.add({ jobId: 'there', kind: 'describe', after: 0, response: answer() });
    while (asked.length === 0) await sleep(10);
    expect(asked).toEqual(['there']);
  });

  it('are counted from the request on, and those of one caller leave room for others', () => {
    const [first] = takeTimes(700, 'greedy');
    expect(() => takeTimes(1, 'greedy')).toThrow('BUSY');
    takeTimes(300, 'modest');
    expect(() => takeTimes(1, 'another')).toThrow('BUSY');
    first?.emit('close');
    takeTimes(1, 'greedy');
  });
});
