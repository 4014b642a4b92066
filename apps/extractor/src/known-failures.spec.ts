import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EarshotError, type ErrorCode } from '@earshot/contracts';
import { KnownFailures } from './known-failures.js';

setFlagsFromString('--expose-gc');

describe('what fails for its own reasons', () => {
  let nowMs: number;
  let failures: KnownFailures;
  let tries: number;
  const failing = (code: ErrorCode, key = 'a') =>
    failures.orTry(key, async () => {
      tries += 1;
      await Promise.resolve();
      throw new EarshotError(code, 'x');
    });
  beforeEach(() => {
    nowMs = 0;
    tries = 0;
    failures = new KnownFailures(() => nowMs);
  });

  it('is tried once, and fails the same way again', async () => {
    for (let n = 0; n < 5; n++) await expect(failing('AUDIO_TOO_SLOW')).rejects.toThrow('AUDIO_TOO_SLOW');
    expect(tries).toBe(1);
  });

  it('is tried once by all who ask at the same time', async () => {
    await Promise.allSettled(Array.from({ length: 32 }, () => failing('AUDIO_TOO_SLOW')));
    expect(tries).toBe(1);
  });

  it('is tried no more often by all who ask at the same time, where it may have been chance', async () => {
    await Promise.allSettled(Array.from({ length: 32 }, () => failing('MEMORY_EXCEEDED')));
    expect(tries).toBe(3);
  });

  it('is tried by one of those who wait when whoever tried it has given up', async () => {
    const givenUp = failures.orTry('a', () => Promise.reject(new EarshotError('SHUTTING_DOWN', 'x')));
    await Promise.allSettled([givenUp, ...Array.from({ length: 32 }, () => failing('AUDIO_TOO_SLOW'))]);
    expect(tries).toBe(1);
  });

  it('holds nobody up once it has succeeded', async () => {
    let atOnce = 0;
    const work = async () => {
      atOnce += 1;
      await new Promise(setImmediate);
      return atOnce;
    };
    const [, ...others] = await Promise.all(Array.from({ length: 5 }, () => failures.orTry('a', work)));
    expect(others).toEqual([5, 5, 5, 5]);
  });

  it('takes no more memory for all that is asked of it', async () => {
    const long = 'x'.repeat(300_000);
    const collect = runInNewContext('gc');
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 500; n++) await failing('AUDIO_TOO_SLOW', JSON.stringify([n, long])).catch(() => undefined);
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
  });

  it('is tried again after an hour', async () => {
    await expect(failing('AUDIO_TOO_SLOW')).rejects.toThrow();
    nowMs = 3_600_001;
    await expect(failing('AUDIO_TOO_SLOW')).rejects.toThrow();
    expect(tries).toBe(2);
  });

  it.each<[ErrorCode, number]>([
    ['SANDBOX_CRASHED', 3],
    ['MEMORY_EXCEEDED', 3],
    ['SANDBOX_UNAVAILABLE', 10],
    ['STORAGE_FULL', 10],
    ['BLOB_LOST', 10],
  ])('or, as %s, perhaps not, is tried %d times of ten', async (code, times) => {
    for (let n = 0; n < 10; n++) await expect(failing(code)).rejects.toThrow(code);
    expect(tries).toBe(times);
  });

  it('is nothing to others', async () => {
    await expect(failing('AUDIO_TOO_SLOW')).rejects.toThrow();
    expect(await failures.orTry('b', async () => 'fine')).toBe('fine');
    expect(await failures.orTry('b', async () => 'fine again')).toBe('fine again');
  });
});
