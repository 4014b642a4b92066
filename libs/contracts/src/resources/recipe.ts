import { z } from 'zod';

/** A way to train, for who fills in a form: its settings with their defaults and ranges. */
export const recipeResource = z
  .object({
    name: z.string().meta({ description: 'As `recipe` of a run', example: 'talent-mlp' }),
    family: z.string().meta({ description: 'Of the models that come out' }),
    summary: z.string(),
    profile: z.string().meta({ description: 'What it hears when no profile is named' }),
    profiles: z.array(z.string()).meta({ description: 'The named profiles that it can learn from' }),
    startsFromModels: z.boolean().meta({ description: 'Whether it can begin with the weights of a version: `from` of a run' }),
    settings: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of `settings` of a run, with defaults and ranges' }),
  })
  .meta({ id: 'Recipe' });

export type RecipeResource = z.output<typeof recipeResource>;

export const recipeList = z.object({ items: z.array(recipeResource) }).meta({ id: 'RecipeList' });
