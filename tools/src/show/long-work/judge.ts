import { z } from 'zod';
import type { DrillOffice } from '../../chaos/drill/drill-office.js';
import { expectedFold } from '../../chaos/long/expected-fold.js';
import { aliasScope, longRegister } from '../../chaos/long/long.jobs.js';
import type { Loss } from '../../chaos/long/losses.js';
import type { Ending } from './end-fits.js';

interface LongJobToJudge {
  url: string;
  office: DrillOffice;
  jobId: string;
  items: number;
  ending: Ending;
  losses: readonly Loss[];
}

/** What must not be of a job of long work, in words. */
export async function judgeLongJob({ url, office, jobId, items, ending, losses }: LongJobToJudge): Promise<string[]> {
  return [
    ...(await faultsOfJob(office, jobId)),
    ...(await faultsOfEffects(office, jobId, ending)),
    ...(await faultsOfResult(url, jobId, items)),
    ...losses.filter(({ isCheckpointLost }) => isCheckpointLost).map((loss) => `a checkpoint was lost: ${JSON.stringify(loss)}`),
    ...losses
      .filter(({ stepsLost }) => ending === 'drain' && stepsLost > 0)
      .map((loss) => `work was lost although its worker was asked to end: ${JSON.stringify(loss)}`),
  ];
}

async function faultsOfJob(office: DrillOffice, jobId: string): Promise<string[]> {
  const [job] = await office.read<{ state: string; error: unknown }>('select state, error from job where id = $1', [jobId]);
  const stages = await office.read<{ index: number; opened: number; remaining: number; done: number; tasks: number }>(stagesStatement, [
    jobId,
  ]);
  return [
    ...(job?.state === 'succeeded' ? [] : [`the job is ${job?.state}: ${JSON.stringify(job?.error)}`]),
    ...stages
      .filter(({ opened, remaining, done, tasks }) => opened !== 1 || remaining !== 0 || done !== tasks)
      .map((stage) => `a stage was not opened and done once: ${JSON.stringify(stage)}`),
  ];
}

/** Exactly once: the alias has been moved one time, and one job was started. */
async function faultsOfEffects(office: DrillOffice, jobId: string, alias: Ending): Promise<string[]> {
  const aliases = await office.read<{ target: string; version: number }>(
    'select target, version from alias where scope = $1 and name = $2',
    [aliasScope, alias],
  );
  const started = await office.read<{ id: string; state: string }>('select id, state from job where started_by = $1', [jobId]);
  return [
    ...(aliases.length === 1 && aliases[0]?.target === jobId && aliases[0].version === 1
      ? []
      : [`the alias is ${JSON.stringify(aliases)}`]),
    ...(started.length === 1 ? [] : [`${started.length} jobs were started`]),
  ];
}

/** As a client reads it. */
async function faultsOfResult(url: string, jobId: string, items: number): Promise<string[]> {
  const expected = expectedFold(items);
  const answer = await fetch(`${url}/api/v1/jobs/${jobId}/result`);
  const body: unknown = await answer.json();
  const found = z.object({ result: longRegister.output }).safeParse(body);
  const isRight =
    found.success && found.data.result.isRight && found.data.result.fold === expected.fold && found.data.result.items === items;
  return isRight ? [] : [`the result is ${answer.status} ${JSON.stringify(body).slice(0, 300)}, not ${JSON.stringify(expected)}`];
}

const stagesStatement = `
select s.index, s.opened, s.remaining, s.tasks, (
  select count(*)::int from task t where t.job_id = s.job_id and t.stage_index = s.index and t.state = 'succeeded') as done
from stage s where s.job_id = $1 order by s.index`;
