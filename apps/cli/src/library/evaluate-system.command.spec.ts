import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findAnomaliesJob, trainJob } from '@earshot/contracts';
import { jest } from '@jest/globals';
import { createProgram } from '../program.js';

const ids = { anomalies: '019aa5c4-2f61-7a3e-9d0b-6b1f0c2d4e81', run: '019aa5c4-2f61-7a3e-9d0b-6b1f0c2d4e82' };
const at = '2026-05-01T12:00:00.000Z';

function job(id: string, kind: string, state: 'succeeded' | 'failed') {
  const self = `/api/v1/jobs/${id}`;
  return {
    ...{
      id,
      kind,
      state,
      stage: null,
      createdAt: at,
      startedAt: at,
      finishedAt: at,
      metadata: {},
      retryOf: null,
      expiresAt: null,
      queuePosition: null,
    },
    counts: { total: 2, pending: 0, succeeded: 2, failed: 0, cancelled: 0 },
    progress: { done: 2, total: 2, unit: 'tasks' },
    taskProgress: null,
    priority: 'normal',
    requestId: null,
    error: state === 'failed' ? { type: 'x', title: 'x', status: 422, code: 'DATASET_TOO_SMALL', detail: 'too few' } : null,
    links: {
      self,
      items: `${self}/items`,
      result: `${self}/result`,
      events: `${self}/events`,
      cancel: `${self}/cancel`,
      retry: `${self}/retry`,
    },
  };
}

describe('earshot evaluate-system', () => {
  let server: Server;
  let asked: { path: string; body: object }[];
  let state: 'succeeded' | 'failed';
  let written: string;
  beforeEach(async () => {
    [asked, state, written] = [[], 'succeeded', ''];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      if (request.method === 'POST') asked.push({ path: request.url ?? '', body: JSON.parse(text) });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answerTo(request.url ?? '')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    server.close();
  });

  function answerTo(path: string): object {
    if (path === '/api/v1/library/anomalies') return job(ids.anomalies, 'find-anomalies', state);
    if (path === '/api/v1/runs') return job(ids.run, 'train', 'succeeded');
    if (path.endsWith('/result')) return { result: findAnomaliesJob.example.result };
    return {
      ...{ id: ids.run, state: 'succeeded', stage: null, taskProgress: null, createdAt: at, startedAt: at, finishedAt: at },
      ...{ error: null, metadata: {}, version: 3, epochs: [] },
      decidedBy: {
        ...{ dataset: 'library', datasetVersion: 1, datasetVersionId: ids.run, datasetHash: 'a'.repeat(64), classifier: 'genre' },
        ...{ recipe: 'random-forest', profile: 'electro-45@1', profileHash: 'b'.repeat(64), settings: {}, trials: null, seed: 42 },
        ...{ testShare: 0.2, validationShare: 0.15, split: null, testGroups: null, testFold: null, compareSplits: true },
        ...{ permutedBaseline: false, augmentation: null, timeBudgetSeconds: null, promote: 'production', from: null },
      },
      result: trainJob.example.result,
      links: { self: '', job: '', events: '', stop: '' },
    };
  }

  async function run(...args: string[]): Promise<number> {
    let code = 0;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await createProgram({ EARSHOT_URL: url }, (exitCode) => (code = exitCode)).parseAsync(['evaluate-system', ...args], { from: 'user' });
    return code;
  }

  it('asks for the anomalies as the old system found them, then for a random forest on the library', async () => {
    expect(await run('--seed', '7')).toBe(0);
    expect(asked).toEqual([
      { path: '/api/v1/library/anomalies', body: { method: 'isolation-forest', contamination: 0.1, seed: 7 } },
      {
        path: '/api/v1/runs',
        body: { dataset: 'library', classifier: 'genre', recipe: 'random-forest', testShare: 0.2, promote: 'production', seed: 7 },
      },
    ]);
    expect(findAnomaliesJob.input.safeParse(asked[0]?.body).success).toBe(true);
    expect(trainJob.input.safeParse(asked[1]?.body).success).toBe(true);
  });

  it('prints anomalies and accuracy by genre, the interval, what no model reaches, and the confusion matrix', async () => {
    await run();
    const { test } = trainJob.example.result.metrics;
    for (const words of ['120 samples', 'techno       20          1', 'genre version 3, random-forest on electro-45@1', 'Confusion matrix'])
      expect(written).toContain(words);
    expect(written).toContain(`accuracy ${test?.accuracy?.toFixed(3)} (95 %: `);
    expect(written).toContain(`${test?.baseline.mostFrequent?.toFixed(3)} by the most frequent genre`);
    expect(written).toContain('By a random split: accuracy');
  });

  it('prints the same as JSON', async () => {
    await run('--json');
    expect(JSON.parse(written)).toMatchObject({
      samples: { total: 120, considered: 120, withoutVector: 0 },
      anomalies: { method: 'neighbours', count: 1, perGenre: [{ genre: 'techno', samples: 20, anomalies: 1 }] },
      genres: { classifier: 'genre', version: 3, heldOut: { support: expect.any(Number) } },
    });
  });

  it('ends with an error where one of the jobs failed, and asks for no run then', async () => {
    state = 'failed';
    expect(await run()).toBe(1);
    expect(asked).toHaveLength(1);
  });
});
