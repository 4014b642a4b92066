import type { Recipe } from '../training/training.js';
import { keywordRecipe } from './keywords/keywords.js';
import { randomForest } from './random-forest.js';
import { talentMlp } from './talent-mlp.js';

/** All ways to train, by name. */
export const recipes: ReadonlyMap<string, Recipe> = new Map(
  [talentMlp, randomForest, keywordRecipe].map((recipe: Recipe) => [recipe.name, recipe]),
);
