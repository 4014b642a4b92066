import { setTimeout } from 'node:timers/promises';
import { LoopMeter } from './loop-meter.js';
import { spendProcessorTime } from './spend-processor-time.js';

async function measured(work: (meter: LoopMeter) => void): Promise<LoopMeter> {
  const meter = new LoopMeter();
  await setTimeout(30);
  work(meter);
  await setTimeout(30);
  meter.stop();
  return meter;
}

function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('the meter of an event loop', () => {
  it('sees a block by computing', async () => expect((await measured(() => spendProcessorTime(80))).longestBlockMs).toBeGreaterThan(70));
  it('sees a call that stands still as a delay', async () =>
    expect((await measured(() => standStill(80))).longestDelayMs).toBeGreaterThan(70));
  it('does not count what is forgiven', async () => {
    const work = (meter: LoopMeter) => {
      spendProcessorTime(80);
      meter.forgive();
    };
    expect((await measured(work)).longestBlockMs).toBeLessThan(50);
  });
  it('sees none where nothing is done', async () => expect((await measured(() => {})).longestBlockMs).toBeLessThan(50));
});
