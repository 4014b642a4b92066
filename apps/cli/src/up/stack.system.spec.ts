// What `npm start` brings up, with Earshot's own services: a clip goes in by HTTP, its description comes out.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { kill, spawnUp, type Up } from '../testing/spawn-up.js';

const sampleRate = 22_050;
const tone = Float32Array.from({ length: 1.5 * sampleRate }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / sampleRate));

let folder: string;
let stack: Up;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-stack-'));
  await chmod(folder, 0o755);
  stack = await spawnUp({ home: join(folder, 'home') });
  await stack.ready();
}, 90_000);

afterAll(async () => {
  stack.child.kill('SIGTERM');
  await stack.ended;
  const left = stack.processes();
  for (const pid of left) kill(pid);
  await rm(folder, { recursive: true, force: true });
  expect(left).toEqual([]);
}, 40_000);

describe('the embedded stack', () => {
  it('describes an uploaded clip', async () => {
    const form = new FormData();
    form.append('file', new Blob([Uint8Array.from(wavFile([tone], { sampleRate }))]), 'tone.wav');
    const answer = await fetch(`${stack.url}/api/v1/descriptions`, { method: 'POST', headers: { Prefer: 'wait=20' }, body: form });
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { state: 'succeeded', items: [{ filename: 'tone.wav', state: 'succeeded', result: { durationSeconds: 1.5, sampleRate } }] },
    ]);
  }, 40_000);

  it('has a Chroma, in which an index can be made', async () => {
    const answer = await fetch(`${stack.url}/api/v1/library/index-rebuilds`, { method: 'POST', headers: { Prefer: 'wait=20' } });
    expect([answer.status, await answer.json()]).toMatchObject([200, { state: 'succeeded', result: { indexVersion: 1, samples: 0 } }]);
  }, 40_000);

  it('answers the probes', async () => {
    for (const path of ['/livez', '/readyz']) expect((await fetch(stack.url + path)).status).toBe(200);
  });
});
