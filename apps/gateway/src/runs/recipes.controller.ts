import type { RecipeResource } from '@earshot/contracts';
import { profiles } from '@earshot/features';
import { type Recipe, recipes } from '@earshot/learning';
import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { learnable } from './learnable.js';

@Controller('api/v1/recipes')
export class RecipesController {
  @Operation({
    id: 'listRecipes',
    tag: 'Runs',
    summary: 'Lists the ways to train, with all settings, their defaults and ranges',
    answers: { 200: { description: 'All of them', content: json('RecipeList') } },
    problems: [],
  })
  @Get()
  list(): Answer<{ items: RecipeResource[] }> {
    return ok({ items: [...recipes.values()].map(recipeResource) });
  }
}

function recipeResource({ name, family, summary, profile, learnsFrom, startsFromModels, settings }: Recipe): RecipeResource {
  const fitting = profiles.filter(learnable[learnsFrom].isMadeBy).map(({ id }) => id);
  return { name, family, summary, profile, profiles: fitting, startsFromModels, settings: z.toJSONSchema(settings, { io: 'input' }) };
}
