import type { JobResource, Problem } from '@earshot/contracts';
import { exitCodes } from '../exit-codes.js';
import { say } from '../terminal.js';
import type { Server } from './server.js';
import { waitForJob } from './wait-for-job.js';

/** Waits for a job that is worth one result, and returns it; where there is none, says why and with which exit code. */
export async function waitForResult(server: Server, accepted: JobResource): Promise<{ result: unknown } | { exitCode: number }> {
  const outcome = await waitForJob(server, accepted);
  if ('exitCode' in outcome) return outcome;
  const { state, links } = outcome.job;
  if (state !== 'succeeded') return { exitCode: sayItFailed(outcome.job) };
  return { result: Object(await server.json(links.result)).result };
}

interface Ended extends Pick<JobResource, 'id' | 'state'> {
  error: Pick<Problem, 'code' | 'detail'> | null;
}

/** Says why something has ended without success; returns the exit code for it. */
export function sayItFailed({ id, state, error }: Ended, what = 'job'): number {
  say(error === null ? `The ${what} ${id} is ${state}` : `${error.code}: ${error.detail} (${what} ${id})`);
  return state === 'cancelled' ? exitCodes.usage : exitCodes.error;
}
