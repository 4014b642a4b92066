import type { DrillOffice } from '../drill/drill-office.js';
import { type EndedJob, endedStatement } from '../load/watch-ended.js';
import type { AliasRow, EventRow, ItemRow, JobRow, Rows, StageRow, TaskRow } from '../verdict/evidence.js';

const inMs = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

/** All tables as of one moment: what is not finished goes on meanwhile. */
export function readRows({ database }: DrillOffice): Promise<Rows> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read');
    const read = async <Row extends object>(text: string) => (await client.query<Row>(text)).rows;
    const ended = await read<EndedJob>(endedStatement);
    return {
      jobs: await read<JobRow>(
        `select id, kind, state, total, succeeded, failed, events, ${inMs('finished_at')} as "finishedAtMs", result, started_by as "startedBy" from job`,
      ),
      stages: await read<StageRow>(
        `select job_id as "jobId", index, task, opened, tasks, remaining, ${inMs('opened_at')} as "openedAtMs" from stage order by job_id, index`,
      ),
      tasks: await read<TaskRow>(
        `select id, job_id as "jobId", stage_index as "stageIndex", from_index as "fromIndex", to_index as "toIndex", state, attempt from task`,
      ),
      items: await read<ItemRow>(
        `select i.job_id as "jobId", i.index, i.custom_id as name, c.filename, i.state, i.result->>'nonce' as nonce, (i.result->>'attempt')::int as by,
          i.error->>'code' as code from item i left join clip c on c.id = i.clip_id`,
      ),
      events: await read<EventRow>('select job_id as "jobId", number, type from event'),
      aliases: await read<AliasRow>('select name, target, version from alias'),
      ended: new Map(ended.map(({ id, content }) => [id, content])),
    };
  });
}
