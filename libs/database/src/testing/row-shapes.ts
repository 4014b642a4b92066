// What the rows of each statement look like. Only tests look: what Postgres answers to a statement of ours needs no check on every request.
import type { z } from 'zod';
import { datasetShapes } from './row-shapes/datasets.js';
import { engineShapes } from './row-shapes/engine.js';
import { libraryShapes } from './row-shapes/library.js';

/** By the name of the statement. */
export const rowShapes: Readonly<Record<string, z.ZodType>> = { ...engineShapes, ...datasetShapes, ...libraryShapes };
