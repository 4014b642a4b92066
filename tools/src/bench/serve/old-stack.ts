import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@earshot/embedded';
import { z } from 'zod';
import { noiseWav } from '../../stack/noise-wav.js';

const script = fileURLToPath(new URL('../../../src/bench/peers/old_stack_server.py', import.meta.url));
const startLimitMs = 120_000;

export interface OldStack {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

export const oldRoute = '/api/v1/predictions/single';

/** The peer: the same upload through FastAPI, librosa and Keras. */
export async function startOldStack(python: string): Promise<OldStack> {
  const port = await freePort();
  const child = spawn(python, [script, String(port)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + startLimitMs; Date.now() < deadline && child.exitCode === null; await sleep(200)) {
    if (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) continue;
    await answersOnce(url);
    return { url, pid: child.pid ?? 0, stop };
  }
  await stop();
  throw new Error(
    `${python} did not start the old stack: it needs fastapi, uvicorn, python-multipart, librosa, soxr, soundfile and tensorflow`,
  );
}

/** The first clip takes it half a minute, in which librosa compiles what it needs: no load would wait for that. */
async function answersOnce(url: string): Promise<void> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(noiseWav(0))]), 'second.wav');
  const response = await fetch(`${url}${oldRoute}`, { method: 'POST', body: form });
  const body: unknown = await response.json();
  if (!z.object({ prediction: z.enum(['good', 'bad']) }).safeParse(body).success)
    throw new Error(`The old stack answered ${response.status} ${JSON.stringify(body)}`);
}
