// The state machine of the engine, as a table. The statements in sql/ carry it out; in specs a trigger of every database holds each change of
// a state to it, transitions.spec.ts sees that each of these happens, and the diagrams of docs/architecture.md are made of it.

/** `from` null: the row is written. The same `from` and `to`: it stays what it is, and something is renewed. */
export interface Transition {
  readonly from: string | null;
  readonly to: string;
  /** What makes it so. */
  readonly when: string;
}

export const transitions = {
  job: [
    { from: null, to: 'queued', when: 'accepted, or started by a task' },
    { from: 'queued', to: 'running', when: 'first claim, or its next heartbeat' },
    { from: 'queued', to: 'succeeded', when: 'as from running, if no claim could lock it' },
    { from: 'queued', to: 'failed', when: 'as from running, if no claim could lock it' },
    { from: 'queued', to: 'cancelled', when: 'cancel' },
    { from: 'queued', to: 'expired', when: 'deadline' },
    { from: 'running', to: 'running', when: 'a stage opens' },
    { from: 'running', to: 'succeeded', when: 'last stage counted down' },
    { from: 'running', to: 'failed', when: 'last stage counted down, every item failed · a task for the whole job failed' },
    { from: 'running', to: 'cancelled', when: 'cancel' },
    { from: 'running', to: 'expired', when: 'deadline' },
  ],
  stage: [
    { from: null, to: 'waiting', when: 'written with its job' },
    { from: null, to: 'open', when: 'written with its job as the first' },
    { from: 'waiting', to: 'open', when: 'the one before counted down' },
    { from: 'open', to: 'open', when: 'a task ended · a chunk was split' },
    { from: 'open', to: 'closed', when: 'counted down' },
  ],
  task: [
    { from: null, to: 'queued', when: 'written with its stage opening, or by the split of a chunk' },
    { from: 'queued', to: 'running', when: 'claim (attempt + 1, lease 10 s)' },
    { from: 'running', to: 'running', when: 'heartbeat (3 s) · checkpoint · three deaths: taken over to be given up' },
    { from: 'running', to: 'succeeded', when: 'commit, fenced by the attempt' },
    { from: 'running', to: 'failed', when: 'commit of its failure, fenced by the attempt' },
    { from: 'running', to: 'queued', when: 'handed back · failed for a passing reason (≤ 5, with back-off) · lease ran out' },
    { from: 'queued', to: 'cancelled', when: 'its job ended' },
    { from: 'running', to: 'cancelled', when: 'its job ended' },
  ],
  item: [
    { from: null, to: 'pending', when: 'written with its job' },
    { from: 'pending', to: 'succeeded', when: 'commit of the last task that covers it' },
    { from: 'pending', to: 'failed', when: 'commit of any task that covers it · its clip was deleted' },
  ],
} as const satisfies Record<string, readonly Transition[]>;

/** What has states. */
export type Stateful = keyof typeof transitions;

/** Every state that something may have. */
export function statesOf(what: Stateful): string[] {
  return [...new Set<string>(transitions[what].map(({ to }) => to))];
}
