import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { snippetsOf } from './snippets.js';

const sound = 'RIFF and what follows';

/** Answers what it was sent, if that was the sound. */
const server = createServer(async (request, response) => {
  const body = await text(request);
  const label = body.includes(sound) && /name="file"; filename=/.test(body) ? 'heard' : `not the sound: ${body}`;
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ items: [{ result: { label, confidence: 0.5 } }] }));
});
let folder = '';
let origin = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-snippets-'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

it.each([
  ['quotes', `it's "loud".wav`],
  ['a dollar and a backslash', 'cost $HOME \\n `id`.wav'],
  ['a line break', 'two\nlines.wav'],
  ['letters from right to left, and a picture', 'كلب 🐕.wav'],
  ['commas and semicolons', 'a,b;type=audio.wav'],
])(
  'as they are pasted requests send a file with %s in its name',
  async (_, filename) => {
    await writeFile(join(folder, filename), sound);
    const code = Object.fromEntries(
      snippetsOf({ origin, filename, classifier: 'keywords', needsKey: false }).map((snippet) => [snippet.id, snippet.code]),
    );
    const run = async (program: string, ...args: string[]) => (await promisify(execFile)(program, args, { cwd: folder })).stdout;
    await writeFile(join(folder, 'listen.mts'), code['typescript'] ?? '');
    await writeFile(join(folder, 'listen.py'), code['python'] ?? '');
    expect(JSON.parse(await run('sh', '-c', code['curl'] ?? '')).items[0].result.label).toBe('heard');
    expect(await run(process.execPath, 'listen.mts')).toBe('heard 0.5\n');
    expect(await run('python3', 'listen.py')).toBe('heard 0.5\n');
  },
  90_000,
);
