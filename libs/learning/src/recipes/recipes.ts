import type { Recipe } from '../training/training.js';
import { cnn } from './cnn.js';
import { cnnLstmAttention } from './cnn-lstm-attention.js';
import { keywordRecipe } from './keywords/keywords.js';
import { randomForest } from './random-forest.js';
import { sounds } from './sounds/sounds.js';
import { talentMlp } from './talent-mlp.js';

const all: Recipe[] = [talentMlp, randomForest, cnn, cnnLstmAttention, keywordRecipe, sounds];

/** All ways to train, by name. */
export const recipes: ReadonlyMap<string, Recipe> = new Map(all.map((recipe) => [recipe.name, recipe]));
