import { z } from 'zod';
import { defineTask } from '../task.js';
import { clipErrors } from './clip-errors.js';

const count = z.int().nonnegative();

/** What decides about any look at the library as a whole, with every name replaced by what it meant when that was asked for. */
export const lookInput = z.object({ profile: z.string(), profileHash: z.string().regex(/^[0-9a-f]{64}$/) });

/** Of every look at the library: what it is over. */
export const lookCounts = z.object({
  samples: count.meta({ description: 'In the library when it was asked for' }),
  withoutVector: count.meta({ description: 'Samples that cannot be read, or have been taken out since: they are left out' }),
  considered: count.meta({ description: 'Samples that were looked at: fewer than there are vectors where that is more than the limit' }),
});

export const seed = z.int().min(0).max(4_294_967_295).default(42).meta({ description: 'The same library and seed give the same result' });

export const extractLibraryVectors = defineTask({
  name: 'library.features',
  queue: 'extract',
  summary: 'Computes the vectors of one chunk of samples that have none yet',
  input: lookInput,
  itemResult: z.object({ copies: count }),
  itemErrors: [...clipErrors, 'FEATURE_NOT_COMPUTABLE'],
  errors: ['PROFILE_NOT_FOUND', 'REQUEST_INVALID'],
});
