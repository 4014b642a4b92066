import { reasonOf, stageReasons, type TaskFacts } from './stuck.js';

const waiting: TaskFacts = {
  id: 7,
  name: 'drill.first',
  state: 'queued',
  attempt: 2,
  suspect: true,
  kills: 1,
  worker: 'host 12',
  leaseSeconds: null,
  ringSeconds: 21.5,
  runSeconds: -3,
  rings: 4,
};
const world = { livingWorkers: new Set(['host 12']), rungTasks: new Map<number, string>() };

describe('the reason why a task does not move', () => {
  it('tells a task that waits for its next ring', () => {
    expect(reasonOf(waiting, world)).toBe(
      'task 7 drill.first (attempt 2, a suspect with 1 kills): waits, was rung for 4 times, and no ring is left; the next one comes in 21.5 s',
    );
  });

  it('tells a task that no dispatcher has rung for', () => {
    expect(reasonOf({ ...waiting, ringSeconds: -40 }, world)).toMatch(/no dispatcher has rung for it since 40.0 s/);
  });

  it('tells a ring that nobody has taken', () => {
    const rungTasks = new Map([[7, 'ring 3, waiting']]);
    expect(reasonOf(waiting, { ...world, rungTasks })).toMatch(/its ring lies in Redis as ring 3, waiting/);
  });

  it('tells a task that was put off', () => {
    expect(reasonOf({ ...waiting, runSeconds: 5 }, world)).toMatch(/may run in 5.0 s/);
  });

  it('tells whether the holder of a running task lives, and whose lease has run out', () => {
    const running = { ...waiting, state: 'running', leaseSeconds: 6 };
    expect(reasonOf(running, world)).toMatch(/is with host 12, which lives, and keeps its lease for 6.0 s/);
    expect(reasonOf({ ...running, leaseSeconds: -30 }, { ...world, livingWorkers: new Set() })).toMatch(
      /ran out 30.0 s ago, and no reconciler has taken it from host 12, which is dead/,
    );
  });
});

describe('the reason why a stage does not close', () => {
  const stage = { index: 0, opened: 1, remaining: 2, openTasks: 2 };
  it('is none while its countdown agrees with its tasks', () => expect(stageReasons([stage])).toEqual([]));
  it('is a countdown that no task will bring to zero', () =>
    expect(stageReasons([{ ...stage, openTasks: 0 }])).toEqual(['stage 0 counts 2 tasks to come and has 0 that are not done']));
  it('is a next stage that nobody opened, or a job that nobody closed', () => {
    const done = { ...stage, remaining: 0, openTasks: 0 };
    expect(stageReasons([done, { ...stage, index: 1, opened: 0 }])[0]).toMatch(/nobody opened stage 1/);
    expect(stageReasons([done])[0]).toMatch(/nobody closed the job/);
  });
});
