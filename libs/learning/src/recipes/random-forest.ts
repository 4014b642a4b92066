import { z } from 'zod';
import { ForestTraining } from '../forests/forest-training.js';
import type { Recipe } from '../training/training.js';

const settings = z.strictObject({
  trees: z.int().min(1).max(1000).default(100),
  columnsPerSplit: z
    .union([z.enum(['sqrt', 'all']), z.int().min(1).max(10_000)])
    .default('sqrt')
    .meta({ description: 'Columns that are looked at for each split' }),
  maxDepth: z.int().min(1).max(1000).nullable().default(null).meta({ description: 'null: until every leaf is pure' }),
  minRowsToSplit: z.int().min(2).max(1_000_000).default(2),
  minRowsInLeaf: z.int().min(1).max(1_000_000).default(1),
  bootstrap: z.boolean().default(true).meta({ description: 'Each tree from as many rows as there are, drawn with replacement' }),
  classWeights: z
    .enum(['none', 'balanced'])
    .default('none')
    .meta({ description: 'balanced lets rare labels count as much as frequent ones' }),
});

/** Random forest for vectors of any profile: needs no scaling, little choice, and learns from few rows. */
export const randomForest: Recipe<typeof settings> = {
  name: 'random-forest',
  family: 'forest',
  profile: 'electro-45@1',
  summary: 'Random forest of exact Gini splits, 100 trees',
  learnsFrom: 'rows',
  startsFromModels: false,
  settings,
  async begin(parts) {
    return new ForestTraining({ ...parts, recipe: randomForest.name });
  },
};
