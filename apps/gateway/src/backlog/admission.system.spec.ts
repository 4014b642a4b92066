import { setTimeout as sleep } from 'node:timers/promises';
import { problemOf } from '../testing/problem-of.js';
import { tone, wavOfSize } from '../testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

const adminKey = 'the-key-of-the-administrator';
const keys = { mobile: 'the-key-of-the-mobile-team', batch: 'the-key-of-the-batch-people' };
let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startTestGateway({
    EARSHOT_ACCESS: 'keys',
    EARSHOT_ADMIN_KEY: adminKey,
    EARSHOT_KEYS: Object.entries(keys)
      .map(([name, key]) => `${name}=${key}`)
      .join(','),
    MAX_WAITING_JOBS: '8',
    MAX_WAITING_ITEMS: '1000',
    MAX_WAITING_MB: '6',
  });
}, 60_000);
afterEach(() => gateway.close());

const describeOne = (key: string, query = '', headers: Record<string, string> = {}) =>
  gateway.fetch(`/api/v1/descriptions${query}`, {
    method: 'POST',
    body: formOf(['a.wav', tone(440)]),
    headers: { 'x-api-key': key, ...headers },
  });

async function describeMany(key: string, clips: number, type: 'application/json' | 'application/jsonl'): Promise<Response> {
  const uploaded = await gateway.fetch('/api/v1/clips', {
    method: 'POST',
    body: formOf(['a.wav', tone(220)]),
    headers: { 'x-api-key': key },
  });
  const { id: clipId } = (await uploaded.json()).items[0];
  const clipIds = Array.from({ length: clips }, () => clipId);
  const body = type === 'application/json' ? JSON.stringify({ clipIds }) : clipIds.map((id) => JSON.stringify({ clipId: id })).join('\n');
  return gateway.fetch('/api/v1/descriptions/clips', { method: 'POST', body, headers: { 'x-api-key': key, 'content-type': type } });
}

const jobRows = () =>
  gateway.database.run<{ caller: string; priority: number; bytes: number }>(
    { name: '', text: 'select caller, priority, bytes from job order by created_at, id' },
    [],
  );

describe('a caller whose share of the jobs waits', () => {
  it('is refused and told when to come again, while others are not, and what was accepted is answered again', async () => {
    const first = await describeOne(keys.batch, '', { 'idempotency-key': 'one' });
    for (let n = 1; n < 4; n++) expect((await describeOne(keys.batch)).status).toBe(202);
    const refused = await describeOne(keys.batch);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await problemOf(refused)).code).toBe('BACKLOG_FULL');
    expect((await describeOne(keys.mobile)).status).toBe(202);
    const again = await describeOne(keys.batch, '', { 'idempotency-key': 'one' });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await again.json()).id).toBe((await first.json()).id);
  });

  it('has no more than its share when many of its requests come together', async () => {
    const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await describeOne(keys.batch)).status));
    expect(statuses.filter((status) => status === 202)).toHaveLength(4);
    expect(statuses.filter((status) => status === 429)).toHaveLength(36);
  });

  it('is refused files that are too many, or too large together, for what is left to it', async () => {
    const describeForm = (files: number, bytes: Uint8Array<ArrayBuffer>) =>
      gateway.fetch('/api/v1/descriptions', {
        method: 'POST',
        body: formOf(...Array.from({ length: files }, (_, n): [string, Uint8Array<ArrayBuffer>] => [`${n}.wav`, bytes])),
        headers: { 'x-api-key': keys.batch },
      });
    expect((await problemOf(await describeForm(501, tone(440)))).code).toBe('BACKLOG_FULL');
    expect((await problemOf(await describeForm(4, wavOfSize(800_000)))).code).toBe('BACKLOG_FULL');
    expect((await describeForm(3, wavOfSize(800_000))).status).toBe(202);
  });

  it('has room again when its work has ended', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push((await (await describeOne(keys.batch)).json()).id);
    expect((await describeOne(keys.batch)).status).toBe(429);
    const headers = { 'x-api-key': keys.batch };
    for (const id of ids) await gateway.fetch(`/api/v1/jobs/${id}/cancel`, { method: 'POST', headers });
    let status = 429;
    for (const endMs = Date.now() + 20_000; status === 429 && Date.now() < endMs; await sleep(100))
      status = (await describeOne(keys.batch)).status;
    expect(status).toBe(202);
  });

  it('may bring a list of as many items as are left to it, and no more, in any form', async () => {
    for (const type of ['application/json', 'application/jsonl'] as const)
      expect((await problemOf(await describeMany(keys.batch, 501, type))).code).toBe('BACKLOG_FULL');
    expect((await describeMany(keys.batch, 500, 'application/jsonl')).status).toBe(202);
  });
});

describe('all callers together', () => {
  it('are refused by 503 when as much waits as may', async () => {
    for (const key of [keys.batch, keys.mobile]) for (let n = 0; n < 4; n++) expect((await describeOne(key)).status).toBe(202);
    const refused = await describeOne(adminKey);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect((await problemOf(refused)).code).toBe('BUSY');
  });
});

describe('the priority', () => {
  it('high is for those who may', async () => {
    expect((await problemOf(await describeOne(keys.batch, '?priority=high'))).code).toBe('PRIORITY_REFUSED');
    expect((await describeOne(adminKey, '?priority=high')).status).toBe(202);
  });

  it('high is not had by trying again what somebody else has asked for, nor a better place among its like', async () => {
    const { id } = await (await describeOne(adminKey, '?priority=high')).json();
    await gateway.fetch(`/api/v1/jobs/${id}/cancel`, { method: 'POST', headers: { 'x-api-key': adminKey } });
    await describeMany(keys.batch, 100, 'application/json');
    for (const key of [keys.batch, keys.mobile, adminKey])
      expect((await gateway.fetch(`/api/v1/jobs/${id}/retry`, { method: 'POST', headers: { 'x-api-key': key } })).status).toBe(202);
    expect((await jobRows()).slice(2).map(({ caller, priority }) => [caller, priority])).toEqual([
      ['batch', 6],
      ['mobile', 5],
      ['admin', 0],
    ]);
  });

  it('has its caller and the size of its job in the number', async () => {
    await describeOne(keys.mobile);
    await describeMany(keys.batch, 100, 'application/json');
    await describeOne(keys.batch);
    await describeOne(keys.mobile, '?priority=low');
    await describeMany(keys.batch, 101, 'application/json');
    expect(await jobRows()).toEqual([
      { caller: 'mobile', priority: 5, bytes: tone(440).length },
      { caller: 'batch', priority: 5, bytes: 0 },
      { caller: 'batch', priority: 6, bytes: tone(440).length },
      { caller: 'mobile', priority: 9, bytes: tone(440).length },
      { caller: 'batch', priority: 11, bytes: 0 },
    ]);
  });
});
