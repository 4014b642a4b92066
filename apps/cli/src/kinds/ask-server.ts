import { openAsBlob, statSync } from 'node:fs';
import { basename } from 'node:path';
import { EarshotError, type ItemResource, itemResource, type JobResource, type Kind } from '@earshot/contracts';
import { z } from 'zod';
import { exitCodes } from '../exit-codes.js';
import { type OutputForm, recordPrinter } from '../files/output-form.js';
import { printData, printRaw, say } from '../terminal.js';
import { sayItFailed } from './job-end.js';
import { isRefusal, Server } from './server.js';
import { waitForJob } from './wait-for-job.js';

/** Has a server do the work, waits for it, and prints what came out: a line for each file, or what the job came to. Says the exit code. */
export async function askServer(
  env: NodeJS.ProcessEnv,
  kind: Kind,
  files: string[],
  options: Record<string, unknown>,
  { detach = false, csv = false, ...form }: OutputForm & { detach?: boolean },
): Promise<number> {
  const server = new Server(env);
  try {
    const accepted = await server.post(`/api/v1/${kind.route}`, await bodyOf(kind, files, options));
    if (detach) {
      printData(accepted.id);
      return exitCodes.ok;
    }
    const outcome = await waitForJob(server, accepted);
    if ('exitCode' in outcome) return outcome.exitCode;
    const { job } = outcome;
    if (csv) printRaw(await server.text(job.links.items, 'text/csv'));
    else if (kind.over === 'clips') await printItems(server, job, files, form);
    else if (job.state === 'succeeded') printData(JSON.stringify(Object(await server.json(job.links.result)).result ?? null));
    return exitCodeOf(job);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    say(`earshot: ${error.message}`);
    return error.exitCode;
  }
}

async function bodyOf(kind: Kind, files: string[], options: Record<string, unknown>): Promise<FormData | object> {
  if (kind.over !== 'clips') return options;
  const form = new FormData();
  for (const [name, value] of Object.entries(options)) form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  for (const file of files) {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new EarshotError('FILE_NOT_FOUND', `There is no file ${file}`);
    form.append('file', await openAsBlob(file), basename(file));
  }
  return form;
}

const anyItem = itemResource(z.looseObject({}));

async function printItems(server: Server, { links }: JobResource, files: string[], form: OutputForm): Promise<void> {
  const printer = recordPrinter(form, printData);
  for (const line of (await server.text(links.items, 'application/jsonl')).split('\n').filter(Boolean)) {
    const item = anyItem.parse(JSON.parse(line));
    printer.record({ file: files[item.index] ?? item.filename, ...outcomeOf(item) });
  }
  printer.end();
}

function outcomeOf({ result, error, state }: Pick<ItemResource, 'error' | 'state'> & { result: object | null }): object {
  if (error !== null) return { error: { code: error.code, detail: error.detail } };
  return result ?? { error: { code: 'JOB_CANCELLED', detail: `The item is ${state}` } };
}

function exitCodeOf(job: JobResource): number {
  const { state, counts, error, id } = job;
  if (state === 'succeeded' && counts.failed === 0) return exitCodes.ok;
  if (state === 'cancelled' || counts.failed === 0) return sayItFailed(job);
  say(error === null ? `${counts.failed} of ${counts.total} failed (job ${id})` : `${error.code}: ${error.detail} (job ${id})`);
  return exitCodes.someItemsFailed;
}
