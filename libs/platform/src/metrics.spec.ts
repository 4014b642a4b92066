import { Metrics } from './metrics.js';

describe('the metrics', () => {
  it('give one metric to all who ask for its name', async () => {
    const metrics = new Metrics();
    metrics.counter({ name: 'clips_total', help: 'Clips', labels: ['state'] }).inc({ state: 'failed' });
    metrics.counter({ name: 'clips_total', help: 'Clips', labels: ['state'] }).inc({ state: 'failed' });
    expect(await metrics.text()).toContain('clips_total{state="failed"} 2');
  });

  it('count durations into buckets', async () => {
    const metrics = new Metrics();
    metrics.histogram({ name: 'task_duration_seconds', help: 'Tasks', buckets: [0.1, 1] }).observe(0.5);
    expect(await metrics.text()).toMatch(/le="0.1"} 0\n.*le="1"} 1\n/);
  });

  it('read a gauge when they are asked, and leave out what cannot be read', async () => {
    const metrics = new Metrics();
    let waiting = 1;
    const read = async (): Promise<[{ queue: string }, number][]> => {
      if (waiting > 7) throw new Error('the database is away');
      return [[{ queue: 'extract' }, waiting]];
    };
    metrics.gauge({ name: 'waiting_tasks', help: 'Waiting', labels: ['queue'], read });
    expect(await metrics.text()).toContain('waiting_tasks{queue="extract"} 1');
    waiting = 7;
    expect(await metrics.text()).toContain('waiting_tasks{queue="extract"} 7');
    waiting = 8;
    expect(await metrics.text()).not.toMatch(/^waiting_tasks/m);
  });
});
