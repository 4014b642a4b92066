// npm run show -- readme: starts Earshot in a new home, sends the README's curl lines as they stand there, and compares the answers.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

interface Example {
  command: string;
  answer: string;
}

export async function run(): Promise<void> {
  const examples = examplesOf(await readFile('README.md', 'utf8'));
  if (examples.length === 0) throw new Error('The README has no example');
  const home = await mkdtemp(join(tmpdir(), 'earshot-readme-'));
  const startedAt = performance.now();
  const earshot = spawn(process.execPath, ['apps/cli/dist/main.js', 'up', '--home', home], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(earshot, 'exit');
  try {
    const [line] = await Promise.race([once(createInterface(earshot.stdout), 'line'), ended.then(() => ['it ended'])]);
    if (!String(line).includes('is ready')) throw new Error(`Earshot did not start: ${line}`);
    console.log(JSON.stringify({ show: 'readme', readySeconds: Number(((performance.now() - startedAt) / 1_000).toFixed(1)) }));
    for (const { command, answer } of examples) await compare(command, answer);
  } finally {
    earshot.kill('SIGINT');
    await ended;
    await rm(home, { recursive: true, force: true });
  }
}

async function compare(command: string, answer: string): Promise<void> {
  const { stdout } = await promisify(execFile)('sh', ['-c', command]);
  const isSame = comparable(stdout) === comparable(answer);
  console.log(JSON.stringify({ show: 'readme', command, verdict: isSame ? 'ok' : 'differs', ...(isSame ? {} : { answered: stdout }) }));
  if (!isSame) process.exitCode = 1;
}

/** Each `sh` block with the `json` block that follows it. */
function examplesOf(readme: string): Example[] {
  return [...readme.matchAll(/```sh\n(?<command>.*?)\n```\n```json\n(?<answer>.*?)\n```/gs)].map(({ groups }) => ({
    command: groups?.['command'] ?? '',
    answer: groups?.['answer'] ?? '',
  }));
}

/** Ids and times differ with every request. */
function comparable(json: string): string {
  return JSON.stringify(JSON.parse(json))
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[0-9:.]+Z/g, 'TIME');
}
