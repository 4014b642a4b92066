import { type Features, features } from '@earshot/contracts';
import { z } from 'zod';
import { storableName } from './storable-name.js';

/** What is told of a clip beside what was computed of it. */
export interface ClipFacts {
  format: string;
  decoder: string;
  durationSeconds: number;
  warnings: Features['warnings'];
}

export const clipFacts = z.object({
  format: storableName,
  decoder: storableName,
  durationSeconds: z.number().nonnegative(),
  warnings: features.shape.warnings,
});
