import { setTimeout as sleep } from 'node:timers/promises';
import { Health } from './health.js';
import { createLog } from './log.js';
import { drainStep, onShutdown, runSteps } from './shutdown.js';

const silent = createLog({ service: 'test', level: 'silent' });

describe('the shutdown steps', () => {
  it('run one after another, whatever one of them does', async () => {
    const ran: string[] = [];
    await runSteps(
      [
        { name: 'slow', run: () => sleep(10).then(() => ran.push('slow')) },
        { name: 'failing', run: () => Promise.reject(new Error('no')) },
        {
          name: 'throwing',
          run: () => {
            throw new Error('no');
          },
        },
        { name: 'hanging', limitSeconds: 0.02, run: () => new Promise(() => {}) },
        { name: 'last', run: () => ran.push('last') },
      ],
      silent,
    );
    expect(ran).toEqual(['slow', 'last']);
  });

  it('begin with readiness at 503, while the service still serves', async () => {
    const health = new Health();
    const steps = runSteps([drainStep(health, 0.05)], silent);
    await Promise.resolve();
    expect((await health.ready()).status).toBe(503);
    const startMs = performance.now();
    await steps;
    expect(performance.now() - startMs).toBeGreaterThan(30);
  });
});

describe('a shutdown', () => {
  it('happens once, however often it is asked for', async () => {
    const exits: number[] = [];
    let runs = 0;
    const begin = onShutdown({ log: silent, steps: [{ name: 'count', run: () => sleep(5, ++runs) }], exit: (code) => exits.push(code) });
    await Promise.all([begin('one'), begin('two')]);
    expect([runs, exits]).toEqual([1, [0]]);
  });

  it('takes a Ctrl-C that arrives from the terminal and from npm for one', async () => {
    const exits: number[] = [];
    onShutdown({ log: silent, steps: [{ name: 'short', run: () => sleep(20) }], exit: (code) => exits.push(code) });
    process.emit('SIGINT');
    process.emit('SIGINT');
    while (exits.length === 0) await sleep(5);
    expect(exits).toEqual([0]);
  });

  it('ends by force when the grace period is over', async () => {
    const exits: number[] = [];
    void onShutdown({
      log: silent,
      graceSeconds: 0.02,
      steps: [{ name: 'hangs', limitSeconds: 0.2, run: () => sleep(200) }],
      exit: (code) => exits.push(code),
    })('now');
    while (exits.length === 0) await sleep(5);
    expect(exits[0]).toBe(1);
    while (exits.length === 1) await sleep(5);
  });
});
