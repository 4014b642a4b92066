import { recipeList } from '@earshot/contracts';
import { recipes } from '@earshot/learning';
import { RecipesController } from './recipes.controller.js';

const { body } = new RecipesController().list();
const { items } = recipeList.parse(body !== null && 'json' in body ? body.json : null);
const recipe = (name: string) => items.find((item) => item.name === name);

describe('the list of recipes', () => {
  it('has all of them', () => expect(items.map(({ name }) => name)).toEqual([...recipes.keys()]));

  it('says the default and the range of a setting', () =>
    expect(recipe('talent-mlp')?.settings['properties']).toMatchObject({
      epochs: { type: 'integer', minimum: 5, maximum: 200, default: 100 },
      batchSize: { type: 'integer', minimum: 8, maximum: 128, default: 32 },
    }));

  it('names the profiles that each can learn from, its own among them', () => {
    for (const { profile, profiles } of items) expect(profiles).toContain(profile);
    expect(recipe('cnn')?.profiles).not.toContain('talent-37@1');
  });
});
