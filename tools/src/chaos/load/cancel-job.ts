import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../run.js';
import { ask, noteIfOdd } from './ask.js';

/** Cancels a job over HTTP until that is answered, and notes how many results it had then. */
export async function cancelJob(run: Run, jobId: string): Promise<void> {
  const { history } = run;
  for (const request = { path: `/api/v1/jobs/${jobId}/cancel`, method: 'POST', timeoutMs: 10_000 }; ; await sleep(300)) {
    const answer = await ask(run.gatewayUrl(), request);
    if (answer?.status === 200) {
      history.ends.push({ jobId, state: 'cancelled', results: await resultsOf(run, jobId) });
      run.count('jobsCancelled');
      return;
    }
    if (answer?.status === 409) {
      history.cancelsTooLate += 1;
      return;
    }
    noteIfOdd(run, request, answer);
  }
}

export async function resultsOf({ office }: Run, jobId: string): Promise<number> {
  const text = 'select count(*)::int as results from item where job_id = $1 and result is not null';
  const [row] = await office.read<{ results: number }>(text, [jobId]);
  return row?.results ?? 0;
}
