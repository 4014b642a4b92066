// npm run show -- readme: starts Earshot in a new home on a free port, runs the README's lines against it in their order, and compares
// the answers with what the README shows of them.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { differences, shownAnswer } from './readme/shown-answer.js';

interface Example {
  command: string;
  answer: string;
}

export async function run(): Promise<void> {
  const examples = examplesOf(await readFile('README.md', 'utf8'));
  if (examples.length === 0) throw new Error('The README has no example');
  const home = await mkdtemp(join(tmpdir(), 'earshot-readme-'));
  const startedAt = performance.now();
  const earshot = spawn(process.execPath, ['apps/cli/dist/main.js', 'up', '--home', home, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(earshot, 'exit');
  try {
    const [line] = await Promise.race([once(createInterface(earshot.stdout), 'line'), ended.then(() => ['it ended'])]);
    const [, url] = /is ready: (\S+)/.exec(String(line)) ?? [];
    if (url === undefined) throw new Error(`Earshot did not start: ${line}`);
    console.log(JSON.stringify({ show: 'readme', readySeconds: Number(((performance.now() - startedAt) / 1_000).toFixed(1)) }));
    for (const { command, answer } of examples) await compare(command.replaceAll(usualUrl, url), answer, url);
  } finally {
    earshot.kill('SIGINT');
    await ended;
    await rm(home, { recursive: true, force: true });
  }
}

/** Where the README's lines expect it. */
const usualUrl = 'http://127.0.0.1:8000';

async function compare(command: string, answer: string, url: string): Promise<void> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `export EARSHOT_URL=${url}; ${command}`]);
  const differs = differences(shownAnswer(answer), JSON.parse(stdout));
  console.log(JSON.stringify({ show: 'readme', command, verdict: differs.length === 0 ? 'ok' : 'differs', differs }));
  if (differs.length > 0) process.exitCode = 1;
}

/** Each `sh` block with the `json` block that follows it. */
function examplesOf(readme: string): Example[] {
  return [...readme.matchAll(/```sh\n(?<command>.*?)\n```\n```json\n(?<answer>.*?)\n```/gs)].map(({ groups }) => ({
    command: groups?.['command'] ?? '',
    answer: groups?.['answer'] ?? '',
  }));
}
