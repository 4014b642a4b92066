import type { DrillOffice } from '../drill/drill-office.js';
import { type EndedJob, endedStatement } from '../load/watch-ended.js';
import type { AliasRow, EventRow, ItemRow, JobRow, Rows, StageRow, TaskRow } from '../verdict/evidence.js';

const inMs = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

export async function readRows(office: DrillOffice): Promise<Rows> {
  const ended = await office.read<EndedJob>(endedStatement);
  return {
    jobs: await office.read<JobRow>(
      `select id, kind, state, total, succeeded, failed, events, ${inMs('finished_at')} as "finishedAtMs", result, started_by as "startedBy" from job`,
    ),
    stages: await office.read<StageRow>(
      `select job_id as "jobId", index, task, opened, tasks, remaining, ${inMs('opened_at')} as "openedAtMs" from stage order by job_id, index`,
    ),
    tasks: await office.read<TaskRow>(
      `select id, job_id as "jobId", stage_index as "stageIndex", from_index as "fromIndex", to_index as "toIndex", state, attempt from task`,
    ),
    items: await office.read<ItemRow>(
      `select i.job_id as "jobId", i.index, i.custom_id as name, c.filename, i.state, i.result->>'nonce' as nonce, (i.result->>'attempt')::int as by,
        i.error->>'code' as code from item i left join clip c on c.id = i.clip_id`,
    ),
    events: await office.read<EventRow>('select job_id as "jobId", number, type from event'),
    aliases: await office.read<AliasRow>('select name, target, version from alias'),
    ended: new Map(ended.map(({ id, content }) => [id, content])),
  };
}
