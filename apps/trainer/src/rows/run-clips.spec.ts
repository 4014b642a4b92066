import type { ReadItem } from '@earshot/database';
import { permutedLabels } from '@earshot/learning';
import { dealtLabels, runClips } from './run-clips.js';
import type { ClipRows } from './training-rows.js';

describe('labels dealt at random', () => {
  const groupOf = Int32Array.from({ length: 30 }, (_, i) => Math.floor(i / 10));
  const labelOf = Int32Array.from(groupOf, (group) => (group === 0 ? 1 : 0));
  const trained = (dealt: Int32Array, parts: string) => new Set(dealt.filter((_, i) => parts[i] === 't')).size;

  it('leave two labels to train on, by groups where that can be', () => {
    const parts = 't'.repeat(18) + 'v'.repeat(2) + 'e'.repeat(10);
    const seeds = Array.from({ length: 10 }, (_, seed) => seed);
    expect(seeds.some((seed) => trained(permutedLabels(labelOf, seed, groupOf), parts) === 1)).toBe(true);
    for (const seed of seeds) {
      const dealt = dealtLabels({ labelOf, groupOf }, parts, seed);
      expect(trained(dealt, parts)).toBe(2);
      expect([0, 10, 20].map((from) => new Set(dealt.slice(from, from + 10)).size)).toEqual([1, 1, 1]);
    }
  });

  it('are dealt to single clips where one group alone is trained', () => {
    const parts = 't'.repeat(10) + 'v'.repeat(10) + 'e'.repeat(10);
    const dealt = dealtLabels({ labelOf, groupOf }, parts, 1);
    expect(trained(dealt, parts)).toBe(2);
    expect(dealt.toSorted()).toEqual(labelOf.toSorted());
  });
});

describe('the clips of a run', () => {
  const read = async (parts: ('t' | 'v' | 'e')[]) => {
    const items = async function* () {
      for (const index of [0, 1, 2, 3]) yield item(index);
    };
    const plan = { parts: 'tve-', otherParts: null };
    const input = { profileHash: 'p', seed: 1, augmentation: null };
    const columns = { labelOf: Int32Array.of(0, 1, 0, 1), groupOf: Int32Array.of(0, 1, 2, 3) };
    const clips: ClipRows[] = [];
    for await (const page of runClips({ input, plan, purpose: 'model', parts, columns, items: items() })) clips.push(...page);
    return clips.map(({ item, note, recipes }) => [item.index, note.part, ...recipes]);
  };

  it('are those of the parts that are asked for: a training is given nothing that it is tested on', async () => {
    expect(await read(['t', 'v'])).toEqual([
      [0, 't', 'p'],
      [1, 'v', 'p'],
    ]);
    expect(await read(['e', 'v'])).toEqual([
      [1, 'v', 'p'],
      [2, 'e', 'p'],
    ]);
  });
});

function item(index: number): ReadItem {
  return {
    index,
    sha256: `${index}`,
    clipId: null,
    customId: null,
    filename: null,
    sizeBytes: null,
    deleted: false,
    state: 'succeeded',
  };
}
