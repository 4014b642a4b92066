import { EarshotError, type Evaluation, evaluated, evaluation } from '@earshot/contracts';
import type { ModelVersionRow, Workspace } from '@earshot/database';

/** What a client of an old system is answered by: a version by its number, or where an alias points. */
export type OldModelChoice = { version: number } | { alias: string };

export async function oldModel({ models }: Workspace, classifier: string, choice: OldModelChoice): Promise<ModelVersionRow> {
  if ('version' in choice) return models.versions.get(classifier, choice.version);
  return models.versions.withId((await models.aliases.get(classifier, choice.alias)).modelVersionId);
}

/** Null where there is none yet, which those clients are told as a state and not as an error. */
export async function findOldModel(...which: Parameters<typeof oldModel>): Promise<ModelVersionRow | null> {
  try {
    return await oldModel(...which);
  } catch (error) {
    if (error instanceof EarshotError && error.spec.status === 404) return null;
    throw error;
  }
}

/** What the version was measured at on clips that it was not made from: a run's own, or that of a model that came with its figures. */
export function measuredOf({ metrics }: Pick<ModelVersionRow, 'metrics'>): Evaluation | null {
  const ofRun = evaluated.safeParse(metrics);
  if (ofRun.success) return ofRun.data.test;
  return evaluation.safeParse(metrics).data ?? null;
}
