import { queueNames } from '@earshot/contracts';
import type { QueueRule, QueueRules } from '@earshot/database';
import { databaseSettings, readConfig } from '@earshot/platform';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { printData } from '../terminal.js';
import type { Verb } from '../verb.js';

/** What an operator may say of a queue, written into the database that gateways and workers obey. */
export function addQueue(program: Command, { env }: Verb): void {
  const queue = program.command('queue').description('pause and limit the queues of the database at DATABASE_URL');
  const name = () => new Argument('<queue>', 'which').choices(queueNames);
  queue
    .command('ls')
    .description('the queues, what is said of them, and how many tasks wait and run')
    .option('--json', 'one JSON document')
    .action(({ json = false }: { json?: boolean }) => list(env, json));
  queue
    .command('pause')
    .description('begin nothing any more; what runs goes on')
    .addArgument(name())
    .action((of: string) => change(env, of, { paused: true }));
  queue
    .command('resume')
    .description('begin again')
    .addArgument(name())
    .action((of: string) => change(env, of, { paused: false }));
  queue
    .command('limit')
    .description('run at most so many tasks at once, on all machines together')
    .addArgument(name())
    .argument('<tasks>', 'how many, or "none"', limitOf)
    .action((of: string, limitTasks: number | null) => change(env, of, { limitTasks }));
}

async function list(env: NodeJS.ProcessEnv, json: boolean): Promise<void> {
  await onDatabase(env, async (rules, backlog) => {
    const tasks = await backlog.tasks(queueNames);
    const queues = (await rules.of(queueNames)).map((rule) => {
      const { queued = 0, running = 0 } = tasks.find(({ queue }) => queue === rule.queue) ?? {};
      return { ...rule, queued, running };
    });
    printData(json ? JSON.stringify(queues) : queues.map((one) => `${said(one)}, ${one.queued} wait, ${one.running} run`).join('\n'));
  });
}

async function change(env: NodeJS.ProcessEnv, queue: string, changes: Partial<QueueRule>): Promise<void> {
  await onDatabase(env, async (rules) => {
    await rules.change(queue, changes);
    for (const rule of await rules.of([queue])) printData(said(rule));
  });
}

function said({ queue, paused, limitTasks }: QueueRule): string {
  return `${queue}: ${paused ? 'paused' : 'open'}, ${limitTasks === null ? 'no limit' : `at most ${limitTasks} at once`}`;
}

/** The most that the column of the limit holds. */
const mostTasks = 2 ** 31 - 1;

function limitOf(text: string): number | null {
  if (text === 'none') return null;
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > mostTasks) throw new InvalidArgumentError('A number of tasks from 1, or "none".');
  return limit;
}

type Backlog = import('@earshot/database').Backlog;

async function onDatabase(env: NodeJS.ProcessEnv, work: (rules: QueueRules, backlog: Backlog) => Promise<void>): Promise<void> {
  const { DATABASE_URL } = readConfig(z.object(databaseSettings), env);
  const { Backlog, Database, QueueRules } = await import('@earshot/database');
  const database = new Database({ url: DATABASE_URL, applicationName: 'earshot queue', poolSize: 1 });
  try {
    await work(new QueueRules(database), new Backlog(database));
  } finally {
    await database.close();
  }
}
