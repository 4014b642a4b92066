import { readFileSync } from 'node:fs';
import { z } from 'zod';

const numbers = z.array(z.number());
const rows = z.array(numbers);
const tree = { feature: numbers, threshold: numbers, left: numbers, right: numbers };
const classTree = z.object({ ...tree, held: rows });

const schema = z.object({
  scaling: z.object({ x: rows, mean: numbers, scale: numbers, z: rows, labels: numbers, weights: numbers }),
  measures: z.object({
    truth: numbers,
    probabilities: rows,
    accuracy: z.number(),
    balancedAccuracy: z.number(),
    precision: numbers,
    recall: numbers,
    f1: numbers,
    support: numbers,
    macro: numbers,
    confusion: rows,
    rocAuc: numbers,
    prAuc: numbers,
    logLoss: z.number(),
    ece: z.number(),
    temperature: z.number(),
    wilson: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  }),
  trees: z.object({ x: rows, y: numbers, tree: classTree, forest: z.array(classTree), unseen: rows, probabilities: rows }),
  isolation: z.object({
    x: rows,
    subsample: z.number(),
    contamination: z.number(),
    forest: z.array(z.object({ ...tree, held: numbers })),
    scores: numbers,
    threshold: z.number(),
  }),
});

/** Values of scikit-learn, scipy and numpy (../golden/make_golden.py). */
export const golden = schema.parse(JSON.parse(readFileSync(new URL('../golden/golden.json', import.meta.url), 'utf8')));
