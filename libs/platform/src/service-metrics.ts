// The metrics that more than one service has. Roles may share a process: they get the same ones.
import type { Metrics } from './metrics.js';

/** Counts statements of the hot path, by name. */
export function statementCounter(metrics: Metrics): (name: string) => void {
  const statements = metrics.counter({ name: 'earshot_database_statements_total', help: 'Statements of the hot path', labels: ['name'] });
  return (name) => statements.inc({ name });
}

/** Counts items whose outcome was written, by the kind of their job; `code` is empty for those that succeeded. */
export function itemCounter(
  metrics: Metrics,
): (kind: string, items: readonly ({ result: object } | { error: { code: string } })[]) => void {
  const counter = metrics.counter({
    name: 'earshot_items_total',
    help: 'Items that succeeded or failed, by the kind of their job and the code of their error',
    labels: ['kind', 'outcome', 'code'],
  });
  return (kind, items) => {
    for (const item of items) {
      counter.inc('error' in item ? { kind, outcome: 'failed', code: item.error.code } : { kind, outcome: 'succeeded', code: '' });
    }
  };
}

/** 1 while the doorbell rings by the way that it has for outages (PostgreSQL in place of Redis), else 0. */
export function tellDoorbell(metrics: Metrics, doorbell: { ping(): Promise<void> }): void {
  metrics.gauge({
    name: 'earshot_doorbell_degraded',
    help: '1 while Redis is away and PostgreSQL rings in its place',
    labels: [],
    read: async () => [
      [
        {},
        await doorbell.ping().then(
          () => 0,
          () => 1,
        ),
      ],
    ],
  });
}

/** Counts child processes of the sandbox that were ended for what they did, or ended by themselves. */
export function sandboxCounter(metrics: Metrics): (reason: string) => void {
  const ended = metrics.counter({
    name: 'earshot_sandbox_children_ended_total',
    help: 'Children of the sandbox that were killed (too slow, too large, lie) or ended by themselves (crash)',
    labels: ['reason'],
  });
  return (reason) => ended.inc({ reason });
}
