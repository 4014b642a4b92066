import { setTimeout as sleep } from 'node:timers/promises';
import type { DrillOffice } from '../drill/drill-office.js';
import type { History } from './history.js';

/** Cancels a job over HTTP until that is answered, and notes how many results it had then. */
export async function cancelJob(url: string, jobId: string, { history, office }: { history: History; office: DrillOffice }): Promise<void> {
  for (;;) {
    const status = await postCancel(url, jobId);
    if (status === 200) {
      history.cancels.push({ jobId, results: await untilAnswered(() => resultsOf(office, jobId)) });
      return;
    }
    if (status === 409) {
      history.cancelsTooLate += 1;
      return;
    }
    if (status !== null && status < 500) {
      history.oddAnswers.push(`cancel of ${jobId}: ${status}`);
      return;
    }
    await sleep(300);
  }
}

async function postCancel(url: string, jobId: string): Promise<number | null> {
  try {
    const answer = await fetch(`${url}/api/v1/jobs/${jobId}/cancel`, { method: 'POST', signal: AbortSignal.timeout(10_000) });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return null;
  }
}

async function resultsOf({ database }: DrillOffice, jobId: string): Promise<number> {
  const text = 'select count(*)::int as results from item where job_id = $1 and result is not null';
  const [row] = await database.run<{ results: number }>({ name: 'results-of', text }, [jobId]);
  return row?.results ?? 0;
}

/** Postgres may be away at this very moment. */
export async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(300);
    }
  }
}
