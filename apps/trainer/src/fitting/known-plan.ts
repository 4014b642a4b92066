import { outputWhere, planTraining, type TrainInput } from '@earshot/contracts';
import { recipes } from '@earshot/learning';

/** The plan of a run, for whoever knows its recipe and each of its settings: else it is a newer version's, whose workers go on with it. */
export function knownPlan({ recipe, settings, trials }: Pick<TrainInput, 'recipe' | 'settings' | 'trials'>) {
  const schema = recipes.get(recipe)?.settings;
  const isKnown = schema !== undefined && [settings, ...(trials ?? [])].every((one) => schema.safeParse(one).success);
  return outputWhere(planTraining, isKnown, `The recipe ${recipe}, or a setting of it, is not known here`);
}
