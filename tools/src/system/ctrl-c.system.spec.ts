// Ctrl-C while the command line waits for a server's work: real processes, and a gateway whose jobs stay queued, for nobody works.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { wavFile } from '@earshot/audio';
import { startTestGateway, type TestGateway } from '../../../apps/gateway/src/testing/test-gateway.js';

const main = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));

let gateway: TestGateway;
let file: string;
let proxy: Server;
let proxyUrl: string;
/** What the command has asked for, so that it is known how far it is. */
const seen: string[] = [];
beforeAll(async () => {
  gateway = await startTestGateway();
  proxy = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const { method, headers } = incoming;
    incoming.pipe(
      request(new URL(incoming.url ?? '', gateway.url), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  proxyUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  file = join(gateway.home, 'a.wav');
  await writeFile(file, wavFile([Float32Array.of(0, 0.5, 0, -0.5)], { sampleRate: 8_000 }));
}, 60_000);
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await gateway.close();
});

interface Waiting {
  child: ChildProcess;
  printed: () => string;
  said: () => string;
  ended: Promise<number | null>;
  jobId: string;
}

/** The command, once it asks whether the job that it has made has ended. */
async function waiting(): Promise<Waiting> {
  seen.length = 0;
  const child = spawn(process.execPath, [main, 'describe', file, '--remote'], { env: { ...process.env, EARSHOT_URL: proxyUrl } });
  let [printed, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const polls = () => seen.find((what) => what.startsWith('GET /api/v1/jobs/'));
  await until(async () => polls() !== undefined);
  const jobId = polls()?.slice('GET /api/v1/jobs/'.length) ?? '';
  return { child, printed: () => printed, said: () => said, ended, jobId };
}

const stateOf = async (id: string) => (await (await gateway.fetch(`/api/v1/jobs/${id}`)).json()).state;

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await isSo()); await sleep(30))
    if (Date.now() > deadline) throw new Error('It did not come to that');
}

describe('Ctrl-C while a server works', () => {
  it('once leaves the job to it, and prints its id', async () => {
    const { child, printed, said, ended, jobId } = await waiting();
    child.kill('SIGINT');
    expect(await ended).toBe(6);
    expect(printed()).toBe(`${jobId}\n`);
    expect(said()).toContain('cancels it');
    expect(await stateOf(jobId)).toBe('queued');
  }, 40_000);

  it('twice cancels it', async () => {
    const { child, printed, said, ended, jobId } = await waiting();
    child.kill('SIGINT');
    await until(async () => printed() !== '');
    child.kill('SIGINT');
    expect(await ended).toBe(2);
    expect(await stateOf(jobId)).toBe('cancelled');
    expect(printed()).toBe(`${jobId}\n${JSON.stringify({ file, error: { code: 'JOB_CANCELLED', detail: 'The item is cancelled' } })}\n`);
    expect(said()).toContain('JOB_CANCELLED');
  }, 40_000);
});
