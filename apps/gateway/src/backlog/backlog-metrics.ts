import type { Backlog, QueueRules } from '@earshot/database';
import type { Metrics } from '@earshot/platform';

/** Readings of different metrics that come together share one look. */
const sharedMs = 1_000;

/** What waits, by numbers: with every worker stopped these are what shows it. */
export function tellBacklog(metrics: Metrics, backlog: Backlog, rules: QueueRules, queues: readonly string[]): void {
  const tasks = shared(() => backlog.tasks(queues));
  const jobs = shared(() => backlog.jobs());
  metrics.gauge({
    name: 'earshot_tasks',
    help: 'Tasks that wait (queued) and that are being worked on (running), up to 100,000 of each',
    labels: ['queue', 'state'],
    read: async () =>
      (await tasks()).flatMap(({ queue, queued, running }) => [
        [{ queue, state: 'queued' }, queued],
        [{ queue, state: 'running' }, running],
      ]),
  });
  metrics.gauge({
    name: 'earshot_oldest_waiting_task_age_seconds',
    help: 'For how long the oldest task waits that could be claimed; 0 when none does',
    labels: ['queue'],
    read: async () => (await tasks()).map(({ queue, oldestSeconds }) => [{ queue }, oldestSeconds ?? 0]),
  });
  metrics.gauge({
    name: 'earshot_queue_paused',
    help: '1 while nothing of the queue begins, because an operator has paused it',
    labels: ['queue'],
    read: async () => (await rules.of(queues)).map(({ queue, paused }) => [{ queue }, paused ? 1 : 0]),
  });
  metrics.gauge({
    name: 'earshot_workers',
    help: 'Processes that take tasks and were seen within the last ten seconds',
    labels: ['state'],
    read: async () => Object.entries(await backlog.workers()).map(([state, count]) => [{ state }, count]),
  });
  metrics.gauge({
    name: 'earshot_jobs',
    help: 'Jobs that have not ended, up to 100,000',
    labels: ['kind', 'state'],
    read: async () => (await jobs()).map(({ kind, state, jobs: count }) => [{ kind, state }, count]),
  });
}

/** Requests are taken without any worker, and wait: that is worth knowing. */
export async function needWorkers(backlog: Backlog): Promise<void> {
  if ((await backlog.workers()).live === 0) throw new Error('No worker was seen within the last ten seconds');
}

function shared<Value>(look: () => Promise<Value>): () => Promise<Value> {
  let latest: { atMs: number; value: Promise<Value> } | null = null;
  return () => {
    if (latest === null || performance.now() - latest.atMs > sharedMs) latest = { atMs: performance.now(), value: look() };
    return latest.value;
  };
}
