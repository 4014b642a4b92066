import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { buildSandbox } from '../testing/build-sandbox.js';
import { childrenOf, isRunning, leaderOf, runningInGroup } from '../testing/is-running.js';
import { type MisbehavingFunctions, misbehavingTable } from '../testing/misbehaving-table.js';
import { ChildPool, type PoolOptions } from './child-pool.js';

jest.setTimeout(30_000); // processes start slowly on a busy machine

const log = { info() {}, warn() {}, error() {} };
const pools: ChildPool<MisbehavingFunctions>[] = [];

function newPool(options: Partial<PoolOptions<MisbehavingFunctions>> = {}) {
  const functionsModule = new URL('../../dist/testing/misbehaving-functions.js', import.meta.url);
  const pool = new ChildPool({ children: 1, log, table: misbehavingTable, functionsModule, ...options });
  pools.push(pool);
  return pool;
}

/** A pool all of whose children, the spare one too, have started: seen by their answers, and some start late on a busy machine. */
async function readyPool(children: number) {
  const pool = newPool({ children });
  const answered = new Set<string>();
  for (let round = 0; answered.size < children + 1; round++) {
    const calls = Array.from({ length: children + 1 }, (_, i) => pool.run('wait', { ms: 250 }, { group: `getting ready ${round} ${i}` }));
    for (const folder of await Promise.all(calls)) answered.add(folder);
  }
  return pool;
}

/** Calls of one group that take so long that whoever waits for one of them is not answered before it; the end of the pool ends them. */
function longCalls(pool: ChildPool<MisbehavingFunctions>, count: number) {
  const calls = { answered: 0 };
  for (let n = 0; n < count; n++) {
    pool.run('rest', { ms: 8_000 }, { group: 'greedy' }).then(
      () => calls.answered++,
      () => undefined,
    );
  }
  return calls;
}

const resolves = (promise: Promise<unknown>) =>
  promise.then(
    () => true,
    () => false,
  );

beforeAll(buildSandbox, 120_000);
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

describe('a pool of child processes', () => {
  it('runs a function in another process', async () => {
    const pool = newPool();
    const { folder } = await pool.run('whoAmI', null);
    expect(leaderOf(folder)).not.toBe(process.pid);
    await pool.ping();
  });

  it('starts the first one with the first call, where none is kept ready', async () => {
    const before = childrenOf(process.pid);
    const pool = newPool({ spare: 0 });
    expect(childrenOf(process.pid)).toEqual(before);
    const { folder } = await pool.run('whoAmI', null);
    expect(new Set(childrenOf(process.pid))).toEqual(new Set([...before, leaderOf(folder)]));
  });

  it('lets its children give way to others, if it is told to', async () => {
    const niceness = getPriority() + 5;
    const { folder } = await newPool({ niceness }).run('whoAmI', null);
    const pid = leaderOf(folder);
    expect(getPriority(pid)).toBe(niceness);
    const group = `/proc/${pid}/autogroup`; // of Linux, where it was built in
    if (existsSync(group)) expect(readFileSync(group, 'utf8')).toMatch(new RegExp(` nice ${niceness}$`, 'm'));
  });

  it('shows its children nothing of its own environment but where programs are', async () => {
    const { environment } = await newPool().run('whoAmI', null);
    expect(environment.filter((name) => !['PATH', 'PWD'].includes(name))).toEqual([]);
  });

  it('hands typed arrays over as they are, small by message and large by file', async () => {
    const pool = newPool();
    expect(Array.from(await pool.run('numbers', { count: 3 }))).toEqual([0, 1, 2]);
    const large = await pool.run('numbers', { count: 1_000_000 });
    expect([large.length, large[999_999]]).toEqual([1_000_000, 999_999]);
  });

  it('refuses a result that is larger than the cap', async () => {
    await expect(newPool().run('numbers', { count: 2_000_000 })).rejects.toMatchObject({ code: 'OUTPUT_TOO_LARGE' });
  });

  it('refuses a result that is not what the function promises', async () => {
    await expect(newPool().run('lie', null)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('passes a coded error on as it was thrown', async () => {
    const error = { code: 'AUDIO_TOO_LONG', detail: '5400 s decoded, limit 3600 s', members: { limit: 3600 } };
    await expect(newPool().run('refuse', null)).rejects.toMatchObject(error);
  });

  it('says nothing of the inside when a function breaks down', async () => {
    await expect(newPool().run('breakDown', null)).rejects.toMatchObject({
      code: 'INTERNAL',
      detail: expect.not.stringContaining('secret'),
    });
  });

  it('ends a function that takes longer than its wall clock, even in a busy loop', async () => {
    const pool = newPool();
    await pool.run('wait', { ms: 0 }); // the child is ready
    const began = performance.now();
    await expect(pool.run('loop', null)).rejects.toMatchObject({ code: 'AUDIO_TOO_SLOW' });
    expect(performance.now() - began).toBeLessThan(2500);
  });

  it('ends a function that takes too much memory', async () => {
    await expect(newPool().run('hog', null)).rejects.toMatchObject({ code: 'MEMORY_EXCEEDED' });
  });

  it('counts the memory of the programs that a function started', async () => {
    await expect(newPool({ without: ['permissions'] }).run('hogByProgram', null)).rejects.toMatchObject({ code: 'MEMORY_EXCEEDED' });
  });

  it('ends the programs that a function started together with it', async () => {
    const pool = newPool({ without: ['permissions'], spare: 0 }); // both calls have the same child
    const { folder } = await pool.run('whoAmI', null);
    const pid = leaderOf(folder);
    const before = runningInGroup(pid);
    let isOver = false;
    const call = pool.run('hogByProgram', null).catch((error) => {
      isOver = true;
      return error.code;
    });
    while (runningInGroup(pid) <= before && !isOver) await setTimeout(5); // on a busy machine both may have gone before anybody looks
    expect(await call).toBe('MEMORY_EXCEEDED');
    while (runningInGroup(pid) > 0) await setTimeout(5);
  });

  it('reports a child that dies on its own', async () => {
    await expect(newPool().run('crash', null)).rejects.toMatchObject({ code: 'SANDBOX_CRASHED' });
  });

  it.each(['loop', 'crash', 'hog'] as const)('harms no call that waits behind a %s', async (culprit) => {
    const pool = newPool();
    const calls = [pool.run('wait', { ms: 1 }), pool.run(culprit, null), pool.run('wait', { ms: 1 }), pool.run('numbers', { count: 1 })];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });

  it('counts the wall clock of a call from its turn, not while it waits', async () => {
    const pool = newPool();
    const calls = Array.from({ length: 4 }, () => pool.run('wait', { ms: 400 }));
    await expect(Promise.all(calls)).resolves.toHaveLength(4);
  });

  it('moves what waits behind a long call to a child that has nothing to do', async () => {
    const pool = await readyPool(2);
    const long = longCalls(pool, 1);
    await Promise.all(Array.from({ length: 3 }, () => pool.run('wait', { ms: 10 })));
    expect(long.answered).toBe(0);
  });

  it('has no call worked on twice that was taken back', async () => {
    const pool = await readyPool(2);
    const compute = (group: string, ms: number) => pool.run('compute', { ms }, { group });
    const first = await Promise.all([compute('long', 700), compute('behind it', 300), compute('b', 300), compute('c', 300)]);
    const answers = [...first, ...(await Promise.all([compute('d', 100), compute('e', 100)]))];
    for (const [child, ofChild] of Map.groupBy(answers, ({ folder }) => folder))
      expect({ child, begun: Math.max(...ofChild.map(({ begun }) => begun)) }).toEqual({ child, begun: ofChild.length });
  });

  it('does so however much of those waits that have the long calls', async () => {
    const pool = await readyPool(2);
    const long = longCalls(pool, 8);
    await pool.run('wait', { ms: 10 }, { group: 'modest' });
    expect(long.answered).toBe(0);
  });

  it('serves those whose calls are long beside any number of short ones', async () => {
    const pool = await readyPool(2);
    let isOver = false;
    const short = async () => {
      while (!isOver) await pool.run('wait', { ms: 20 }, { group: 'short' });
    };
    const shorts = Array.from({ length: 32 }, short);
    const began = performance.now();
    for (let n = 0; n < 4; n++) await pool.run('wait', { ms: 120 }, { group: 'long' });
    expect(performance.now() - began).toBeLessThan(4_000);
    isOver = true;
    await Promise.all(shorts);
  });

  it('keeps the last child that is ready for others than those whose calls cost the ones before', async () => {
    const pool = await readyPool(1);
    const greedy = Array.from({ length: 3 }, () => pool.run('loop', null, { group: 'greedy' }).catch((error) => error.code));
    let before: number[] = []; // also an extra one, which is started beside a long call
    let isOver = false;
    void greedy[0]?.then(() => (isOver = true));
    for (; !isOver; await setTimeout(20)) before = childrenOf(process.pid);
    expect(before).toContain(leaderOf(await pool.run('wait', { ms: 10 }, { group: 'modest' })));
    expect(await Promise.all(greedy)).toEqual(Array(3).fill('AUDIO_TOO_SLOW'));
  });

  it('works with as many children as it may at once, and no more', async () => {
    const pool = newPool({ children: 2 });
    const folders = await Promise.all(Array.from({ length: 32 }, () => pool.run('wait', { ms: 60 })));
    expect(new Set(folders).size).toBe(2);
  });

  it('rejects an aborted call with the reason of the signal, whether it waits or runs', async () => {
    const pool = newPool();
    const [running, waiting] = [new AbortController(), new AbortController()];
    const calls = [pool.run('loop', null, running), pool.run('wait', { ms: 1 }, waiting), pool.run('wait', { ms: 1 })];
    const outcomes = Promise.allSettled(calls);
    await setTimeout(300);
    waiting.abort('no longer wanted');
    running.abort('cancelled');
    const [first, second, third] = await outcomes;
    expect(first).toMatchObject({ reason: 'cancelled' });
    expect(second).toMatchObject({ reason: 'no longer wanted' });
    expect(third).toMatchObject({ status: 'fulfilled' });
  });

  it('does not begin a call whose signal is aborted already', async () => {
    await expect(newPool().run('loop', null, { signal: AbortSignal.abort('too late') })).rejects.toBe('too late');
  });

  it('replaces a child after its number of calls, without losing one', async () => {
    const pool = newPool({ callsPerChild: 10 });
    const folders = await Promise.all(Array.from({ length: 40 }, () => pool.run('wait', { ms: 0 })));
    expect(new Set(folders).size).toBeGreaterThanOrEqual(2);
  });

  it('replaces a child that keeps memory after its work', async () => {
    const pool = newPool({ grownMb: 120 });
    const first = await pool.run('leak', { megabytes: 90 });
    await pool.run('wait', { ms: 300 });
    expect(await pool.run('wait', { ms: 0 })).not.toBe(first);
  });

  it('replaces a child that takes memory while it has nothing to do', async () => {
    const pid = leaderOf(await newPool().run('hogLater', null));
    while (isRunning(pid)) await setTimeout(50);
  });

  it('removes the working folder of a call', async () => {
    const folder = await newPool().run('leaveFile', null);
    expect(folder).toContain('earshot-sandbox-');
    expect(existsSync(folder)).toBe(false);
  });

  it('ends its children when it is closed, and rejects what was under way', async () => {
    const pool = newPool();
    const { folder } = await pool.run('whoAmI', null);
    const pid = leaderOf(folder);
    const call = expect(pool.run('loop', null)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await setTimeout(50);
    await pool.close();
    await call;
    expect(isRunning(pid)).toBe(false);
    await expect(pool.run('whoAmI', null)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });

  it('gives every call its own outcome, whatever the calls around it do', async () => {
    const pool = newPool({ children: 2, callsPerChild: 40 });
    const kinds = ['numbers', 'wait', 'refuse', 'numbers', 'crash', 'numbers', 'wait', 'abort', 'leak', 'numbers'] as const;
    const calls = Array.from({ length: 300 }, (_, i) => {
      const kind = kinds[i % kinds.length]!;
      if (kind === 'numbers') return pool.run('numbers', { count: i }).then(({ length }) => length === i);
      if (kind === 'wait') return pool.run('wait', { ms: i % 5 }).then((folder) => folder !== '');
      if (kind === 'leak') return pool.run('leak', { megabytes: 5 }).then((folder) => folder !== '');
      if (kind === 'abort') {
        const call = pool.run('wait', { ms: 20 }, { signal: AbortSignal.timeout(i % 20) });
        return call.then(() => true).catch((error) => error.name === 'TimeoutError' || error);
      }
      const code = kind === 'refuse' ? 'AUDIO_TOO_LONG' : 'SANDBOX_CRASHED';
      return pool.run(kind, null).catch((error) => error.code === code || error);
    });
    expect((await Promise.all(calls)).filter((outcome) => outcome !== true)).toEqual([]);
  }, 120_000); // some thirty processes start

  it('rejects its calls when children cannot start', async () => {
    const functionsModule = new URL('../../dist/testing/is-running.js.map', import.meta.url); // a file, and no module
    const pool = newPool({ functionsModule });
    await expect(pool.run('whoAmI', null)).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' });
    await expect(pool.ping()).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' });
  });

  it('rejects its calls when children start and are never ready', async () => {
    const functionsModule = new URL('../../dist/testing/stuck-functions.js', import.meta.url);
    const call = newPool({ functionsModule, startWithinMs: 300 }).run('whoAmI', null);
    await expect(call).rejects.toMatchObject({
      code: 'SANDBOX_UNAVAILABLE',
      detail: expect.stringContaining('was not ready after 300 ms'),
    });
  });

  it('knows that its children are never ready before anybody has called', async () => {
    const functionsModule = new URL('../../dist/testing/stuck-functions.js', import.meta.url);
    const pool = newPool({ functionsModule, startWithinMs: 100 });
    while (await resolves(pool.ping())) await setTimeout(50);
  }, 30_000);

  it('finds out that they start again, though it keeps none ready', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'home-'));
    const home = join(folder, 'home');
    writeFileSync(home, 'no folder');
    const pool = newPool({ home, spare: 0 });
    await expect(pool.run('whoAmI', null)).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' });
    await expect(pool.ping()).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' });
    rmSync(home);
    mkdirSync(home);
    while (!(await resolves(pool.ping()))) await setTimeout(50);
    await pool.close();
    rmSync(folder, { recursive: true });
  });

  it('says that it must be built when it is not', () => {
    expect(() => newPool({ functionsModule: new URL('file:///nowhere/functions.js') })).toThrow('npm run build');
  });
});
