import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../run.js';

const pollMs = 400;

/** Notes each job as soon as it has ended, with a fingerprint of its items: from then on nothing of it may change. */
export function watchEnded({ office, history }: Run): { stop(): Promise<void> } {
  let isOver = false;
  const watching = (async () => {
    for (; !isOver; await sleep(pollMs)) {
      const rows = await office.read<EndedJob>(`${endedStatement} and id <> all($1::uuid[])`, [[...history.endedJobs.keys()]]);
      for (const { id, content } of rows) history.endedJobs.set(id, content);
    }
  })();
  return {
    stop: () => {
      isOver = true;
      return watching;
    },
  };
}

export interface EndedJob {
  id: string;
  content: string;
}

export const endedStatement = `
select id, to_jsonb(j)::text || coalesce((
  select md5(string_agg(concat_ws(' ', i.index, i.state, i.result::text, i.error::text), ',' order by i.index)) from item i where i.job_id = j.id), '') as content
from job j where finished_at is not null`;
