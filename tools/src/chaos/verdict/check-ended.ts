import type { Database } from '@earshot/database';
import type { AskedDrill } from '../drill/drill-office.js';
import type { History } from '../load/history.js';
import { type Finding, violationOf } from './finding.js';

/** Cancelled jobs stay cancelled and get no result any more. */
export async function checkCancels(database: Database, { cancels, cancelsTooLate }: History): Promise<Finding> {
  const violations: string[] = [];
  for (const { jobId, results } of cancels) {
    const { state, stored, late } = await endOf(database, jobId);
    if (state !== 'cancelled') violations.push(`job ${jobId} was cancelled and is ${state}`);
    if (stored !== results) violations.push(`job ${jobId} had ${results} results when its cancel was answered and has ${stored}`);
    if (late > 0) violations.push(`${late} tasks of job ${jobId} succeeded after it had been cancelled`);
  }
  return { figures: { cancelled: cancels.length, cancelsTooLate }, violations };
}

export async function checkExpired(database: Database, { id, total }: AskedDrill): Promise<Finding> {
  const { state, stored, late } = await endOf(database, id);
  const violations = state === 'expired' && late === 0 ? [] : [`job ${id} passed its deadline and is ${state}, with ${late} late results`];
  return { figures: { expired: 1, resultsBeforeDeadline: stored, ofExpiredJob: total }, violations };
}

/** Counters, events and tasks tell the same story as the items. */
export async function checkBooks(database: Database): Promise<Finding> {
  const unequal = await database.run({ name: 'unequal', text: unequalStatement }, []);
  const gaps = await database.run({ name: 'gaps', text: gapsStatement }, []);
  return {
    figures: {},
    violations: [
      ...violationOf('jobs count other items than they have', unequal),
      ...violationOf('jobs have gaps in the numbers of their events', gaps),
    ],
  };
}

async function endOf(database: Database, jobId: string) {
  const [row] = await database.run<{ state: string; stored: number; late: number }>({ name: 'end-of', text: endStatement }, [jobId]);
  return row ?? { state: 'lost', stored: 0, late: 0 };
}

const endStatement = `
select j.state, (select count(*)::int from item where job_id = j.id and result is not null) as stored,
  (select count(*)::int from task where job_id = j.id and state = 'succeeded' and finished_at > j.finished_at) as late
from job j where j.id = $1`;

const unequalStatement = `
select j.id, j.kind, j.succeeded, j.failed, i.succeeded as "succeededItems", i.failed as "failedItems" from job j join (
  select job_id, count(*) as total, count(*) filter (where state = 'succeeded') as succeeded, count(*) filter (where state = 'failed') as failed
  from item group by job_id) i on i.job_id = j.id
where j.total <> i.total or j.succeeded <> i.succeeded or j.failed <> i.failed`;

const gapsStatement = `
select j.id, j.events, e.n from job j left join (select job_id, count(*)::int as n, max(number) as last from event group by job_id) e on e.job_id = j.id
where j.events <> coalesce(e.n, 0) or j.events <> coalesce(e.last, 0)`;
