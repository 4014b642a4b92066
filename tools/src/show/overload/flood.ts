import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { quantile } from './modest.js';
import { callers } from './overload-stack.js';
import type { Sender } from './sender.js';

export interface FloodPlan {
  url: string;
  sender: Sender;
  perSecond: number;
  seconds: number;
  /** The client has no more: when all of them wait for answers, what would be asked next is not. */
  connections: number;
}

export interface FloodResult {
  sent: number;
  /** For want of a connection. */
  notSent: number;
  accepted: { jobId: string; ms: number }[];
  /** By 429 and 503 that said when to come again. */
  refused: Record<string, number>;
  /** Refused in any other way, by status; 0: the connection was lost. */
  wrong: Record<string, number>;
  longestRetryAfter: number;
}

export interface FloodReport extends Omit<FloodResult, 'accepted'> {
  plannedPerSecond: number;
  offeredPerSecond: number;
  accepted: number;
  acceptedP50Ms: number;
  acceptedP99Ms: number;
}

const connections = 600;

/** Uploads clips to be described, so many a second, without waiting for their descriptions or for room. */
export async function flood(url: string, { perSecond, seconds }: { perSecond: number; seconds: number }) {
  const plan: FloodPlan = { url, sender: callers.greedy, perSecond, seconds, connections };
  const thread = new Worker(new URL('./flood-thread.js', import.meta.url), { workerData: plan });
  const [result]: FloodResult[] = await once(thread, 'message');
  if (result === undefined) throw new Error('The flood has told nothing');
  const { accepted, ...told } = result;
  const ms = accepted.map((each) => each.ms).sort((a, b) => a - b);
  const report: FloodReport = {
    plannedPerSecond: perSecond,
    offeredPerSecond: Math.round(result.sent / seconds),
    ...told,
    accepted: accepted.length,
    acceptedP50Ms: quantile(ms, 0.5),
    acceptedP99Ms: quantile(ms, 0.99),
  };
  return { jobIds: accepted.map(({ jobId }) => jobId), report };
}
