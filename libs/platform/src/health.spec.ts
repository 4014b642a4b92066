import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';
import { Health } from './health.js';
import { startHealthServer } from './health-server.js';
import { createLog } from './log.js';
import { Metrics } from './metrics.js';

describe('readiness', () => {
  it('is 200 when every check passes', async () => {
    const health = new Health();
    health.addCheck('postgres', async () => 1);
    expect(await health.ready()).toMatchObject({ status: 200, body: { status: 'ready', checks: { postgres: { status: 'ok' } } } });
  });

  it('is 503 and names the check that failed', async () => {
    const health = new Health();
    health.addCheck('postgres', async () => 1);
    health.addCheck('storage', () => Promise.reject(new Error('secret path /x')));
    const answer = await health.ready();
    expect(answer).toMatchObject({ status: 503, body: { checks: { postgres: { status: 'ok' }, storage: { status: 'failed' } } } });
    expect(JSON.stringify(answer)).not.toContain('secret path');
  });

  it('does not wait for a check that hangs', async () => {
    const health = new Health();
    health.addCheck('redis', () => new Promise(() => {}), { timeoutMs: 20 });
    expect(await health.ready()).toMatchObject({ status: 503, body: { checks: { redis: { status: 'timed out' } } } });
  });

  it('is degraded, and still 200, when only something optional is away', async () => {
    const health = new Health();
    health.addCheck('redis', () => Promise.reject(new Error('away')), { isRequired: false });
    expect(await health.ready()).toMatchObject({ status: 200, body: { status: 'degraded' } });
  });

  it('is told of in the log when a check fails or passes again, and not by every probe', async () => {
    const lines: string[] = [];
    const health = new Health(createLog({ service: 'spec', destination: { write: (line) => lines.push(JSON.parse(line).msg) } }));
    let isAway = true;
    health.addCheck('redis', async () => {
      if (isAway) throw new Error('away');
    });
    for (let probe = 0; probe < 3; probe++) await health.ready();
    isAway = false;
    for (let probe = 0; probe < 3; probe++) await health.ready();
    expect(lines).toEqual(['a readiness check failed', 'a readiness check passes again']);
  });

  it('tells details beside its checks, which decide nothing', async () => {
    const health = new Health();
    health.addDetail('sandbox', { network: 'unshare failed' });
    expect(await health.ready()).toEqual({
      status: 200,
      body: { status: 'ready', checks: {}, details: { sandbox: { network: 'unshare failed' } } },
    });
  });

  it('asks once for probes that arrive together, and again for the next', async () => {
    const health = new Health();
    let asked = 0;
    health.addCheck('postgres', () => sleep(5, ++asked));
    await Promise.all([health.ready(), health.ready(), health.ready()]);
    expect(asked).toBe(1);
    await health.ready();
    expect(asked).toBe(2);
  });

  it('is 503 at once when draining, also for a probe that is being answered', async () => {
    const health = new Health();
    health.addCheck('postgres', () => sleep(10));
    const early = health.ready();
    health.drain();
    expect(await health.ready()).toMatchObject({ status: 503, body: { status: 'draining' } });
    expect(await early).toMatchObject({ status: 503, body: { status: 'draining' } });
  });
});

describe('a check that fails', () => {
  it('says with which code', async () => {
    const health = new Health();
    health.addCheck('storage', () => Promise.reject(new EarshotError('STORAGE_FULL', 'of /data')), { isRequired: false });
    expect(await health.ready()).toMatchObject({
      status: 200,
      body: { status: 'degraded', checks: { storage: { status: 'failed', code: 'STORAGE_FULL' } } },
    });
  });
});

describe('liveness', () => {
  it('does not look at the checks, and is 503 only while the process says it is stuck', () => {
    const health = new Health();
    health.addCheck('postgres', () => Promise.reject(new Error('away')));
    expect(health.live().status).toBe(200);
    health.setLive('nothing claimed for 60 s');
    expect(health.live()).toEqual({ status: 503, body: { status: 'stuck', reason: 'nothing claimed for 60 s' } });
    health.setLive(null);
    expect(health.live().status).toBe(200);
  });
});

describe('the health server', () => {
  it('answers /livez, /readyz and /metrics, and 404 for anything else', async () => {
    const metrics = new Metrics();
    metrics.counter({ name: 'earshot_tests_total', help: 'Tests' }).inc(3);
    const health = new Health();
    const server = await startHealthServer({ host: '127.0.0.1', port: 0, health, metrics });
    try {
      const statusOf = async (path: string) => (await fetch(server.url + path)).status;
      expect(await statusOf('/livez')).toBe(200);
      expect(await statusOf('/readyz?verbose=1')).toBe(200);
      expect(await statusOf('/other')).toBe(404);
      const text = await (await fetch(`${server.url}/metrics`)).text();
      expect(text).toContain('earshot_tests_total 3');
      expect(text).toContain('process_resident_memory_bytes');
      health.drain();
      expect(await statusOf('/readyz')).toBe(503);
      expect(await statusOf('/livez')).toBe(200);
    } finally {
      await server.close();
    }
  });

  it('answers to loopback names only where it is on a loopback address', async () => {
    const server = await startHealthServer({ host: '127.0.0.1', port: 0, health: new Health(), metrics: new Metrics() });
    const statusAs = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        get(`${server.url}/metrics`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
    try {
      expect(await statusAs('evil.example')).toBe(403);
      expect(await statusAs('localhost:8010')).toBe(200);
    } finally {
      await server.close();
    }
  });

  it('rejects when its port is taken', async () => {
    const options = { host: '127.0.0.1', health: new Health(), metrics: new Metrics() };
    const first = await startHealthServer({ ...options, port: 0 });
    try {
      await expect(startHealthServer({ ...options, port: Number(new URL(first.url).port) })).rejects.toThrow('EADDRINUSE');
    } finally {
      await first.close();
    }
  });
});
