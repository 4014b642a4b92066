import type { Database } from '@earshot/database';
import type { DrillLine } from '../drill/drill-log.js';
import type { AskedDrill } from '../drill/drill-office.js';
import type { Finding } from './finding.js';

const mostExecutionsPerTask = 1.1;

/**
 * How much work was done more than once. Drill workers tell each execution themselves; of the others every claim is counted, also one
 * whose worker died before it began. Poison is left out: it has to run several times before it is given up.
 */
export async function checkExecutions(database: Database, drill: AskedDrill, log: readonly DrillLine[]): Promise<Finding> {
  const text = `
    select count(*)::int as tasks, coalesce(sum(attempt), 0)::int as claims from task t join job j on j.id = t.job_id where j.kind = 'describe' and t.state = 'succeeded'`;
  const [described] = await database.run<{ tasks: number; claims: number }>({ name: 'claims', text }, []);
  const { tasks: describeTasks, claims } = described ?? { tasks: 0, claims: 0 };
  const drillExecutions = log.filter(({ event, jobId }) => event === 'start' && jobId === drill.id).length;
  const drillTasks = new Set(log.filter(({ jobId }) => jobId === drill.id).map(({ taskId }) => taskId)).size;
  const tasks = describeTasks + drillTasks;
  const executions = claims + drillExecutions;
  const perTask = executions / tasks;
  return {
    figures: { tasks, executions, describeClaims: claims, drillExecutions, executionsPerTask: Number(perTask.toFixed(4)) },
    violations:
      perTask > mostExecutionsPerTask ? [`${executions} executions of ${tasks} tasks are more than ${mostExecutionsPerTask} each`] : [],
  };
}
