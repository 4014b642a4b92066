import { z } from 'zod';

/** The number of a version of a model or a dataset, as a request may say it: the column holds 32 bits. */
export const versionNumber = z.int().positive().max(2_147_483_647);
