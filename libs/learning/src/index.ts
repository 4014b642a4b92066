export type { EpochFigures, Recipe, Scorer, Training, TrainingData, TrainingParts } from './training/training.js';
