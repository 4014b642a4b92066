import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog, Metrics } from '@earshot/platform';
import express from 'express';
import { requestLog } from './request-log.js';

const job = '01a1fde6-d162-7333-9977-9668441c169d';

describe('the access log', () => {
  const lines: Record<string, unknown>[] = [];
  let server: Server;
  beforeAll(async () => {
    const log = createLog({ service: 'gateway', destination: { write: (line) => lines.push(JSON.parse(line)) } });
    const app = express().use(requestLog({ log, metrics: new Metrics() }));
    app.post('/api/v1/features', (_request, response) => void response.status(202).location(`/api/v1/jobs/${job}`).end());
    app.get('/{*any}', (_request, response) => void response.end());
    server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => server.close());

  it.each([
    ['a request that made a job', 'POST', '/api/v1/features', job],
    ['a request for a part of a job', 'GET', `/api/v1/jobs/${job}/items?limit=3`, job],
    ['a list of jobs', 'GET', '/api/v1/jobs', undefined],
  ])('says of %s whose it is', async (_what, method, path, jobId) => {
    lines.length = 0;
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method, headers: { 'x-request-id': 'mine' } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ msg: 'request', method, requestId: 'mine' });
    expect(lines[0]?.['jobId']).toBe(jobId);
  });
});
