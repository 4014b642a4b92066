import type { Database } from '@earshot/database';
import { drillTasks, poison } from '../drill/drill.jobs.js';
import type { DrillLine } from '../drill/drill-log.js';
import type { AskedDrill } from '../drill/drill-office.js';
import { type Finding, violationOf } from './finding.js';

interface StoredItem {
  index: number;
  name: string;
  state: string;
  nonce: string | null;
  /** Of the execution that the result says it is from. */
  by: number | null;
  code: string | null;
  taskId: number;
  /** Of the execution that the task's row says it is from. */
  attempt: number;
}

/** Items with the task of the job's last stage that covers them. */
const itemsStatement = `
select i.index, i.custom_id as name, i.state, i.result->>'nonce' as nonce, (i.result->>'attempt')::int as by, i.error->>'code' as code,
  t.id as "taskId", t.attempt
from item i join task t on t.job_id = i.job_id and i.index >= t.from_index and i.index < t.to_index
  and t.stage_index = (select max(s.index) from stage s where s.job_id = i.job_id)
where i.job_id = $1 order by i.index`;

export function storedItems(database: Database, jobId: string): Promise<StoredItem[]> {
  return database.run<StoredItem>({ name: 'stored-items', text: itemsStatement }, [jobId]);
}

/** Every item has one result, and that is from an execution that came to its end and owned the task. */
export async function checkResults(database: Database, drills: readonly AskedDrill[], log: readonly DrillLine[]): Promise<Finding> {
  const done = new Map(log.filter(({ event }) => event === 'done').map((line) => [line.nonce, line]));
  const violations: string[] = [];
  let results = 0;
  for (const { id, total } of drills) {
    const items = (await storedItems(database, id)).filter(({ name }) => !name.startsWith(poison));
    const expected = total - (await poisonOf(database, id)).length;
    const good = items.filter(({ state }) => state === 'succeeded');
    results += good.length;
    if (new Set(items.map(({ index }) => index)).size !== items.length) violations.push(`items of job ${id} are covered by several tasks`);
    if (good.length !== expected) violations.push(`job ${id} has ${good.length} results of ${expected}`);
    const unfounded = good.filter(({ index, nonce, taskId, by, attempt }) => {
      const line = done.get(nonce ?? '');
      return line === undefined || line.jobId !== id || line.index !== index || line.taskId !== taskId || by !== attempt;
    });
    violations.push(...violationOf(`results of job ${id} are from no execution that ended while it owned its task`, unfounded));
  }
  return { figures: { drillResults: results }, violations };
}

/** Each stage was opened once, when the one before was done as a whole, and each of its tasks was done. */
export async function checkStages(database: Database, { id, total }: AskedDrill, log: readonly DrillLine[]): Promise<Finding> {
  const text = 'select index, opened, tasks, remaining from stage where job_id = $1 order by index';
  const stages = await database.run<{ index: number; opened: number; tasks: number; remaining: number }>({ name: 'stages', text }, [id]);
  const violations = stages
    .filter(({ opened, tasks, remaining }) => opened !== 1 || tasks !== total || remaining !== 0)
    .map((stage) => `a stage was not opened and closed once with ${total} tasks: ${JSON.stringify(stage)}`);
  const lines = log.filter(({ jobId }) => jobId === id);
  let endedBeforeMs = 0;
  for (const { name } of drillTasks) {
    const ofStage = lines.filter(({ stage }) => stage === name);
    const early = ofStage.filter(({ atMs }) => atMs < endedBeforeMs);
    violations.push(...violationOf(`executions of ${name} began before the stage before it was done`, early));
    const firstEnds = new Map<number, number>();
    for (const { event, index, atMs } of ofStage) if (event === 'done' && !firstEnds.has(index)) firstEnds.set(index, atMs);
    if (firstEnds.size !== total) violations.push(`${name} did ${firstEnds.size} items of ${total}`);
    endedBeforeMs = Math.max(...firstEnds.values());
  }
  return { figures: { stages: stages.length, stagesOpened: stages.reduce((sum, { opened }) => sum + opened, 0) }, violations };
}

/** What kills its workers is given up, and nothing else is: neither what ran beside it nor what shared its chunk. */
export async function checkQuarantine(database: Database, drills: readonly AskedDrill[]): Promise<Finding> {
  const poisonous = (await Promise.all(drills.map(({ id }) => poisonOf(database, id)))).flat();
  const text = `select job_id as "jobId", index, custom_id as name, error->>'code' as code from item where state = 'failed'`;
  const failed = await database.run<{ jobId: string; index: number; name: string | null; code: string }>({ name: 'failed', text }, []);
  const isPoison = ({ name }: { name: string | null }) => name?.startsWith(poison) === true;
  const quarantined = failed.filter(({ code }) => code === 'TASK_QUARANTINED');
  const notGivenUp = poisonous.length - quarantined.filter(isPoison).length;
  return {
    figures: { poison: poisonous.length, quarantined: quarantined.length },
    violations: [
      ...violationOf(
        'items failed that are no poison',
        failed.filter((item) => !isPoison(item)),
      ),
      ...(notGivenUp === 0 ? [] : [`${notGivenUp} poisonous items were not quarantined`]),
    ],
  };
}

function poisonOf(database: Database, jobId: string): Promise<{ index: number }[]> {
  const text = 'select index from item where job_id = $1 and custom_id like $2';
  return database.run<{ index: number }>({ name: 'poison-of', text }, [jobId, `${poison}%`]);
}
