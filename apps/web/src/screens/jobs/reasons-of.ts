import type { Job } from '../../api/work.js';

export interface Reason {
  code: string;
  title: string;
  jobIds: string[];
}

/**
 * Why jobs failed, the most frequent reason first. A job that another one of them tries again is left out: that one counts; also one that
 * was `retried` here, whose retry may be in no list.
 */
export function reasonsOf(jobs: readonly Pick<Job, 'id' | 'error' | 'retryOf'>[], retried: ReadonlySet<string> = new Set()): Reason[] {
  const triedAgain = new Set([...retried, ...jobs.map(({ retryOf }) => retryOf)]);
  const reasons = new Map<string, Reason>();
  for (const { id, error } of jobs) {
    if (error === null || triedAgain.has(id)) continue;
    const reason = reasons.get(error.code) ?? { code: error.code, title: error.title, jobIds: [] };
    reason.jobIds.push(id);
    reasons.set(error.code, reason);
  }
  return [...reasons.values()].sort((a, b) => b.jobIds.length - a.jobIds.length);
}
