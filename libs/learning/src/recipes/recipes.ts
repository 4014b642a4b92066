import type { Recipe } from '../training/training.js';
import { talentMlp } from './talent-mlp.js';

/** All ways to train, by name. */
export const recipes: ReadonlyMap<string, Recipe> = new Map([talentMlp].map((recipe) => [recipe.name, recipe]));
