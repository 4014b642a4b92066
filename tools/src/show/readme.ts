// npm run show -- readme: starts Earshot in a new home on a free port, runs the README's lines against it in their order, and compares
// the answers with what the README shows of them.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { withEarshot } from './earshot/with-earshot.js';
import { differences, shownAnswer } from './readme/shown-answer.js';

interface Example {
  command: string;
  answer: string;
}

export async function run(): Promise<void> {
  const examples = examplesOf(await readFile('README.md', 'utf8'));
  if (examples.length === 0) throw new Error('The README has no example');
  await withEarshot(async ({ url, readySeconds }) => {
    console.log(JSON.stringify({ show: 'readme', readySeconds }));
    for (const { command, answer } of examples) await compare(command.replaceAll(usualUrl, url), answer, url);
  });
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
