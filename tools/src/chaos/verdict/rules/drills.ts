import { poison } from '../../drill/drill.jobs.js';
import type { Evidence, ItemRow } from '../evidence.js';
import { type Finding, violationOf } from '../finding.js';

const isPoison = ({ name }: ItemRow) => name?.startsWith(poison) === true;

/** Every innocent item of a drill has one result, from an execution that came to its end and owned the task of the job's last stage. */
export function resultsAreFounded({ history, log, rows }: Evidence): Finding {
  const done = new Map(log.filter(({ event }) => event === 'done').map((line) => [line.nonce, line]));
  const itemsOf = Map.groupBy(rows.items, ({ jobId }) => jobId);
  const tasksOf = Map.groupBy(rows.tasks, ({ jobId }) => jobId);
  const lastStageOf = new Map(rows.stages.map(({ jobId, index }) => [jobId, index]));
  const violations: string[] = [];
  let results = 0;
  for (const jobId of history.drills) {
    const items = itemsOf.get(jobId) ?? [];
    const innocent = items.filter((item) => !isPoison(item));
    const good = innocent.filter(({ state }) => state === 'succeeded');
    results += good.length;
    if (good.length !== innocent.length || items.length === 0)
      violations.push(`job ${jobId} has ${good.length} results of ${innocent.length}`);
    const tasks = (tasksOf.get(jobId) ?? []).filter(({ stageIndex }) => stageIndex === lastStageOf.get(jobId));
    const unfounded = good.filter(({ index, nonce, by }) => {
      const covering = tasks.filter(({ fromIndex, toIndex }) => index >= fromIndex && index < toIndex);
      const line = done.get(nonce ?? '');
      return (
        covering.length !== 1 ||
        line?.jobId !== jobId ||
        line.index !== index ||
        line.taskId !== covering[0]?.id ||
        by !== covering[0].attempt
      );
    });
    violations.push(...violationOf(`results of job ${jobId} are from no execution that ended while it alone owned its task`, unfounded));
  }
  return { figures: { drills: history.drills.length, drillResults: results }, violations };
}

/** Who tries an ended job again gets the results that it has not brought. */
export function retriesBringTheRest({ history, rows }: Evidence): Finding {
  const itemsOf = Map.groupBy(rows.items, ({ jobId }) => jobId);
  const namesOf = (items: readonly ItemRow[]) => JSON.stringify(items.map(({ name }) => name).sort());
  const wrong = history.retries.filter(({ jobId, of }) => {
    const missing = (itemsOf.get(of) ?? []).filter(({ state }) => state !== 'succeeded');
    return namesOf(itemsOf.get(jobId) ?? []) !== namesOf(missing);
  });
  return {
    figures: { retries: history.retries.length },
    violations: violationOf('retries are not over the items without a result', wrong),
  };
}

/** Each stage of a job that ran to its end was opened once and counted down to zero, and none began before the one before it was done. */
export function stagesFollowEachOther({ history, log, rows }: Evidence): Finding {
  const isDrill = new Set(history.drills);
  const linesOf = Map.groupBy(log, ({ jobId }) => jobId);
  const itemsOf = Map.groupBy(rows.items, ({ jobId }) => jobId);
  const tasksOf = Map.groupBy(rows.tasks, ({ jobId, stageIndex }) => `${jobId} ${stageIndex}`);
  const violations: string[] = [];
  let opened = 0;
  for (const [jobId, stages] of Map.groupBy(rows.stages, (stage) => stage.jobId)) {
    const own = stages.toSorted((a, b) => a.index - b.index);
    opened += own.reduce((sum, stage) => sum + stage.opened, 0);
    const twice = own.filter((stage) => stage.opened > 1 || stage.tasks < (tasksOf.get(`${jobId} ${stage.index}`)?.length ?? 0));
    violations.push(...violationOf(`stages of job ${jobId} were opened twice or have more tasks than they count`, twice));
    if (!isDrill.has(jobId)) continue;
    violations.push(
      ...violationOf(
        `stages of job ${jobId} were not opened once and counted down`,
        own.filter((stage) => stage.opened !== 1 || stage.remaining !== 0),
      ),
    );
    const innocent = (itemsOf.get(jobId) ?? []).filter((item) => !isPoison(item)).length;
    let endedBeforeMs = 0;
    for (const { task } of own) {
      const lines = (linesOf.get(jobId) ?? []).filter(({ stage }) => stage === task);
      violations.push(
        ...violationOf(
          `executions of ${task} began before the stage before it was done`,
          lines.filter(({ atMs }) => atMs < endedBeforeMs),
        ),
      );
      const firstEnds = new Map<number, number>();
      for (const { event, index, atMs } of lines) if (event === 'done' && !firstEnds.has(index)) firstEnds.set(index, atMs);
      if (firstEnds.size !== innocent) violations.push(`${task} of job ${jobId} did ${firstEnds.size} items of ${innocent}`);
      endedBeforeMs = Math.max(0, ...firstEnds.values());
    }
  }
  return { figures: { stages: rows.stages.length, stagesOpened: opened }, violations };
}

/** What kills its workers is given up, and nothing else is: neither what ran beside it nor what shared its chunk. */
export function onlyPoisonIsGivenUp({ history, rows }: Evidence): Finding {
  const isDrill = new Set(history.drills);
  const poisonous = rows.items.filter((item) => isPoison(item) && isDrill.has(item.jobId));
  const failed = rows.items.filter(({ state }) => state === 'failed');
  const quarantined = failed.filter(({ code }) => code === 'TASK_QUARANTINED');
  const notGivenUp = poisonous.filter(({ code }) => code !== 'TASK_QUARANTINED');
  const innocent = failed.filter((item) => !isPoison(item));
  return {
    figures: { poison: poisonous.length, quarantined: quarantined.length },
    violations: [
      ...violationOf('items failed that are no poison', innocent),
      ...violationOf('poisonous items were not quarantined', notGivenUp),
    ],
  };
}

const mostExecutionsPerTask = 1.1;

/** How much work was done more than once; poison is left out, for it has to run several times before it is given up. */
export function littleIsRepeated({ log, rows }: Evidence): Finding {
  const poisonJobs = new Set(rows.items.filter(isPoison).map(({ jobId }) => jobId));
  const stateOf = new Map(rows.jobs.map(({ id, state }) => [id, state]));
  const isCounted = (jobId: string) => stateOf.get(jobId) === 'succeeded' && !poisonJobs.has(jobId);
  const lines = log.filter(({ event, jobId }) => event === 'start' && isCounted(jobId));
  const logged = new Set(lines.map(({ jobId }) => jobId));
  const executed = new Set(lines.map(({ taskId }) => taskId)).size;
  const executions = new Set(lines.map(({ taskId, attempt }) => `${taskId} ${attempt}`)).size;
  // Of what no drill log tells of, every claim counts, also one whose worker died before it began.
  const claimed = rows.tasks.filter(({ jobId, state }) => isCounted(jobId) && !logged.has(jobId) && state === 'succeeded');
  const claims = claimed.reduce((sum, { attempt }) => sum + attempt, 0);
  const perTask = (executions + claims) / Math.max(1, executed + claimed.length);
  return {
    figures: { tasks: executed + claimed.length, executions: executions + claims, executionsPerTask: Number(perTask.toFixed(4)) },
    violations: perTask > mostExecutionsPerTask ? [`${perTask.toFixed(3)} executions a task are more than ${mostExecutionsPerTask}`] : [],
  };
}
