import { Random } from '@earshot/learning';
import type { Example, Part } from './corpus.js';

/** Rows of each part in every batch. */
export type Shares = Readonly<Record<Part, number>>;

/**
 * Batches in which every part has its fixed share of rows, and within a part every word is as likely as any other, however many recordings
 * there are of it. Their order is random: a batch is computed in micro-batches with statistics of their own, and where one had nothing but
 * digits the network learned to tell digits by these statistics, which it does not have when it serves. A function of seed and step.
 */
export function sharedBatches(examples: readonly Example[], shares: Shares, steps: number, seed: number) {
  const pools = Object.entries(shares).map(([part, rows]) => {
    const words = new Map<string, number[]>();
    examples.forEach((example, row) => {
      if (example.part !== part) return;
      const ofWord = words.get(example.word) ?? [];
      words.set(example.word, ofWord);
      ofWord.push(row);
    });
    if (rows > 0 && words.size === 0) throw new Error(`There is nothing to train on for ${part}`);
    return { rows, words: [...words.values()] };
  });
  return {
    perEpoch: steps,
    rows(epoch: number, index: number): Int32Array {
      const random = new Random(seed, 'batch', epoch, index);
      let draw = 0;
      const batch: number[] = [];
      for (const { rows, words } of pools) {
        for (let n = 0; n < rows; n++) {
          const ofWord = words[random.below(draw++, words.length)]!;
          batch.push(ofWord[random.below(draw++, ofWord.length)]!);
        }
      }
      return new Random(seed, 'order', epoch, index).shuffle(Int32Array.from(batch));
    },
  };
}
