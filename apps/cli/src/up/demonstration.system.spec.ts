// What is in the library of a first `npm start`, and that it can be searched without anybody having asked for an index.
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kill, spawnUp, type Up, until } from '../testing/spawn-up.js';

const loops = fileURLToPath(new URL('../../../../library/', import.meta.url));

describe('the demonstration library', () => {
  let folder: string;
  let stack: Up;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-demonstration-'));
    await chmod(folder, 0o755);
    // As an import leaves it that was ended half way.
    await mkdir(join(folder, 'home'));
    await chmod(join(folder, 'home'), 0o755);
    await writeFile(mark(), 'begun');
    stack = await spawnUp({ home: join(folder, 'home'), env: { EARSHOT_DEMONSTRATION: 'on' } });
    await stack.ready();
  }, 90_000);
  afterAll(async () => {
    stack.child.kill('SIGTERM');
    await stack.ended;
    for (const pid of stack.processes()) kill(pid);
    await rm(folder, { recursive: true, force: true });
  }, 40_000);

  const mark = () => join(folder, 'home', 'demonstration-library');
  const stats = async () => (await fetch(`${stack.url}/stats`)).json();
  async function search(path: string): Promise<Response> {
    const form = new FormData();
    form.append('file', new Blob([Uint8Array.from(await readFile(path))]), 'loop.flac');
    return fetch(`${stack.url}/search?n_results=3`, { method: 'POST', body: form });
  }

  it('is there some seconds after the start, with what is known of each loop', async () => {
    await until(
      () => readFileSync(mark(), 'utf8') === 'done',
      120,
      () => stack.stderr(),
    );
    expect(await stats()).toMatchObject({ total_samples: 120, genres: { ambient: 20, house: 20, techno: 20 } });
  }, 130_000);

  it('can be searched: a loop finds itself first, then its like', async () => {
    const path = join(loops, 'techno', 'techno-1_bass.flac');
    let answer = await search(path);
    await until(
      async () => {
        answer = await search(path);
        return answer.status === 200;
      },
      120,
      () => `${answer.status} ${stack.stderr()}`,
    );
    const { results } = await answer.json();
    expect(results[0]).toMatchObject({ filename: 'techno-1_bass.flac', genre: 'techno', distance: 0, metadata: { licence: 'CC0-1.0' } });
    expect(results).toHaveLength(3);
  }, 130_000);
});
