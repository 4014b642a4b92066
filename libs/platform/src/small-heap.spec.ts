import { spawnSync } from 'node:child_process';

const smallHeap = new URL('./small-heap.ts', import.meta.url).href;
// Half of what is made lives for a while, as under load.
const work = `
  let kept = [];
  for (let i = 0; i < 1e6; i++) {
    kept.push({ i, list: [i] });
    if (kept.length > 60_000) kept = kept.slice(30_000);
  }
  const young = (await import('node:v8')).getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  console.log(young.physical_space_size);`;

/** Of the young generation of a process of its own, at the end of the work. */
function youngMb(before: string): number {
  const args = ['--no-warnings', '--input-type=module', '--eval', `${before}\n${work}`];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: {} });
  if (stdout === '') throw new Error(stderr);
  return Number(stdout) / 2 ** 20;
}

describe('a small heap', () => {
  it('has a young generation that does not grow under load', () => {
    expect(youngMb('')).toBeGreaterThan(16);
    expect(youngMb(`(await import('${smallHeap}')).keepHeapSmall();`)).toBeLessThan(8);
  });
});
