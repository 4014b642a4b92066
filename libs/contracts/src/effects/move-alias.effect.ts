import { z } from 'zod';
import { defineEffect } from '../effect.js';

/** Points a name at something else, unless somebody moved it meanwhile: then the task fails with ALIAS_MOVED, and nothing of it is written. */
export const moveAlias = defineEffect({
  name: 'alias.move',
  summary: 'Moves an alias from the version that was expected',
  input: z.strictObject({
    scope: z.string().min(1).meta({ description: 'What the name is unique in: `classifier talent`, `index`' }),
    name: z.string().min(1),
    target: z.string().min(1).meta({ description: 'What it points at from now on' }),
    expectedVersion: z.int().nonnegative().nullable().meta({
      description: 'How often it has been moved as far as the task knows; 0: there is none. Null: wherever it points',
    }),
  }),
});
