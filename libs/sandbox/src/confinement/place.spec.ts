import { existsSync, mkdirSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScratchFolder } from '../testing/scratch-folder.js';
import type { Layer } from './layers.js';
import { Leftovers } from './leftovers.js';
import { makePlace, removePlace } from './place.js';

const scratch = new ScratchFolder();
afterAll(() => scratch.remove());

const none = new Set<Layer>();
const itAsRoot = process.getuid?.() === 0 ? it : it.skip;

describe('the place of a child', () => {
  it('can be removed also where paths are longer than the system takes', async () => {
    const place = makePlace(none, undefined);
    const start = process.cwd();
    process.chdir(place.own);
    for (let depth = 0; depth < 30; depth++) {
      mkdirSync('d'.repeat(200));
      process.chdir('d'.repeat(200));
    }
    process.chdir(start);
    await removePlace(place);
    expect(existsSync(place.base)).toBe(false);
  });

  itAsRoot('has an account that no other has, of whichever pool it is', async () => {
    const places = Array.from({ length: 3 }, () => makePlace(new Set<Layer>(['account']), undefined));
    const next = places.at(-1)?.account ?? 0;
    const others = [1, 2].map((step) => join(tmpdir(), `earshot-sandbox-${next + step}`)); // of another service
    for (const folder of others) mkdirSync(folder, { recursive: true });
    places.push(makePlace(new Set<Layer>(['account']), undefined));
    const taken = [...places.map(({ account }) => account), next + 1, next + 2];
    expect(new Set(taken).size).toBe(taken.length);
    await Promise.all([...places.map(removePlace), removePlace({ base: others[0]!, own: '', lent: others[1]!, account: null })]);
  });
});

describe('what is left of children whose parent could not clean up', () => {
  const dayMs = 86_400_000;
  const home = scratch.path;
  const leftIn = (folder: string, name: string, daysAgo: number) => {
    const left = join(folder, name);
    mkdirSync(join(left, 'own'), { recursive: true });
    const then = new Date(Date.now() - daysAgo * dayMs);
    utimesSync(left, then, then);
    return left;
  };
  const areThere = (...folders: string[]) => folders.map((folder) => existsSync(folder));

  it('is removed when it has been of no use for a day, and still is later', async () => {
    const leftovers = new Leftovers(home, () => [], home);
    const [old, young] = [leftIn(join(home, 'lent'), 'child-a', 2), leftIn(join(home, 'lent'), 'child-b', 0.5)];
    const [base, others] = [leftIn(home, 'earshot-sandbox-abcdef', 2), leftIn(home, 'earshot-sandbox-spec-abcdef', 2)];
    await leftovers.round();
    expect(areThere(old, young, base, others)).toEqual([true, true, true, true]);
    await leftovers.round();
    expect(areThere(old, young, base, others)).toEqual([false, true, false, true]);
    leftovers.stop();
  });

  it('is not what another pool has in use, also after the machine has slept for long', async () => {
    const used = { base: leftIn(home, 'earshot-sandbox-ghijkl', 3), lent: leftIn(join(home, 'lent'), 'child-c', 3) };
    const [its, others] = [new Leftovers(home, () => [used], home), new Leftovers(home, () => [], home)];
    await others.round();
    await its.round();
    await others.round();
    expect(areThere(used.base, used.lent)).toEqual([true, true]);
    for (const leftovers of [its, others]) leftovers.stop();
  });
});
