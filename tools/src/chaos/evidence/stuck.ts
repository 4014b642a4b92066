// Which rows keep a job from its end, and why nothing moves them.
import type { Database } from '@earshot/database';

/** A job that has not ended, with what its rows say of the reason. */
export interface StuckJob {
  jobId: string;
  kind: string;
  state: string;
  reasons: string[];
}

/** What is known of a task beside its row. */
export interface TaskFacts {
  id: number;
  name: string;
  state: string;
  attempt: number;
  suspect: boolean;
  kills: number;
  worker: string | null;
  /** By the database's clock; negative when it is past. Null: it has none. */
  leaseSeconds: number | null;
  ringSeconds: number;
  runSeconds: number;
  rings: number;
}

/** What is known of the processes: who lives, and for which tasks a ring lies in the doorbell (null where there is none to look into). */
export interface World {
  livingWorkers: ReadonlySet<string>;
  rungTasks: ReadonlyMap<number, string> | null;
}

export interface StageFacts {
  index: number;
  opened: number;
  remaining: number;
  openTasks: number;
}

/** What has to happen next to a task that is not done, and whose turn it is to do that. */
export function reasonOf(task: TaskFacts, { livingWorkers, rungTasks }: World): string {
  const what = `task ${task.id} ${task.name} (attempt ${task.attempt}${task.suspect ? `, a suspect with ${task.kills} kills` : ''})`;
  if (task.state === 'running') {
    const [host, pid] = task.worker?.split(' ') ?? []; // what follows tells it from processes before
    const holder = `${task.worker}, which ${livingWorkers.has(`${host} ${pid}`) ? 'lives' : 'is dead'}`;
    if (task.leaseSeconds === null || task.leaseSeconds < 0)
      return `${what}: its lease ran out ${seconds(task.leaseSeconds)} ago, and no reconciler has taken it from ${holder}`;
    return `${what}: is with ${holder}, and keeps its lease for ${seconds(task.leaseSeconds)}`;
  }
  if (task.runSeconds > 0) return `${what}: was put off and may run in ${seconds(task.runSeconds)}`;
  const ring = rungTasks?.get(task.id);
  if (ring !== undefined) return `${what}: waits, and its ring lies in Redis as ${ring}`;
  if (task.ringSeconds > 0)
    return `${what}: waits, was rung for ${task.rings} times, and no ring is left; the next one comes in ${seconds(task.ringSeconds)}`;
  return `${what}: waits, and no dispatcher has rung for it since ${seconds(task.ringSeconds)}`;
}

/** Where the countdown and the tasks disagree, nobody will ever open the next stage or close the job. */
export function stageReasons(stages: readonly StageFacts[]): string[] {
  const open = stages.filter(({ opened }) => opened > 0).at(-1);
  if (open === undefined) return ['no stage was ever opened'];
  if (open.remaining === open.openTasks && open.remaining > 0) return [];
  const last = stages.at(-1)?.index === open.index;
  return [
    `stage ${open.index} counts ${open.remaining} tasks to come and has ${open.openTasks} that are not done` +
      (open.remaining === 0 ? `; nobody ${last ? 'closed the job' : `opened stage ${open.index + 1}`}` : ''),
  ];
}

export async function findStuck(database: Database, world: World): Promise<StuckJob[]> {
  const jobs = await database.run<{ id: string; kind: string; state: string }>(
    { name: 'stuck-jobs', text: `select id, kind, state from job where finished_at is null order by created_at limit 100` },
    [],
  );
  return Promise.all(
    jobs.map(async ({ id, kind, state }) => {
      const tasks = await database.run<TaskFacts>({ name: 'stuck-tasks', text: tasksStatement }, [id]);
      const stages = await database.run<StageFacts>({ name: 'stuck-stages', text: stagesStatement }, [id]);
      return { jobId: id, kind, state, reasons: [...stageReasons(stages), ...tasks.map((task) => reasonOf(task, world))] };
    }),
  );
}

const inSeconds = (column: string) => `extract(epoch from ${column} - now())::float8`;

const tasksStatement = `
select id, name, state, attempt, suspect, kills, worker, rings, ${inSeconds('lease_until')} as "leaseSeconds", ${inSeconds('ring_at')} as "ringSeconds",
  ${inSeconds('run_after')} as "runSeconds"
from task where job_id = $1 and state in ('queued', 'running') order by id limit 20`;

const stagesStatement = `
select s.index, s.opened, s.remaining, (
  select count(*)::int from task t where t.job_id = s.job_id and t.stage_index = s.index and t.state in ('queued', 'running')) as "openTasks"
from stage s where s.job_id = $1 order by s.index`;

function seconds(value: number | null): string {
  return value === null ? 'an unknown time' : `${Math.abs(value).toFixed(1)} s`;
}
