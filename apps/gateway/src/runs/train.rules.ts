import { EarshotError, type JobInput, type ProfileChoice, type TrainInput, trainJob } from '@earshot/contracts';
import { datasetItems, type VersionRow, type Workspace } from '@earshot/database';
import { defineProfile, getProfile, type Profile } from '@earshot/features';
import { type Recipe, recipes } from '@earshot/learning';
import { faultsOf, requestInvalid } from '../requests/parse.js';
import type { KindRules } from '../work/kind-rules.js';
import { trialsOf } from './trials.js';

type Asked = JobInput<typeof trainJob>;

/** What libs/learning knows of recipes, and what the names in a request mean today. */
export const trainRules: KindRules = {
  kind: trainJob,

  check(input) {
    const asked = trainJob.input.parse(input);
    const recipe = recipeOf(asked);
    trialsOf(asked, (settings) => settingsOf(recipe, settings));
    settingsOf(recipe, asked.settings);
    profileOf(asked.profile ?? recipe.profile);
    checkSplit(asked);
  },

  async resolve(input, { workspace }) {
    const asked = trainJob.input.parse(input);
    const { datasets } = workspace;
    const version =
      asked.datasetVersion === undefined
        ? await datasets.freeze(asked.dataset)
        : await datasets.version(asked.dataset, asked.datasetVersion);
    checkSize(asked, version);
    return { input: await trainInputOf(asked, version, workspace), items: datasetItems(datasets, version.id) };
  },
};

async function trainInputOf(asked: Asked, version: VersionRow, workspace: Workspace): Promise<TrainInput> {
  const recipe = recipeOf(asked);
  const profile = asked.profile ?? recipe.profile;
  const { testGroups, testFold, validationFold, split, augmentation, timeBudgetSeconds, promote, from, search: _, ...same } = asked;
  return {
    ...same,
    datasetVersion: version.number,
    datasetVersionId: version.id,
    datasetHash: version.hash,
    profile,
    profileHash: profileOf(profile).hash,
    settings: settingsOf(recipe, asked.settings),
    trials: trialsOf(asked, (settings) => settingsOf(recipe, settings)),
    split: split ?? null,
    testGroups: testGroups ?? null,
    testFold: testFold ?? null,
    validationFold: validationFold ?? null,
    augmentation: augmentation ?? null,
    timeBudgetSeconds: timeBudgetSeconds ?? null,
    promote: promote ?? null,
    from: from === undefined ? null : await startingPoint(asked, from, workspace),
  };
}

function profileOf(choice: ProfileChoice): Profile {
  if (typeof choice === 'string') return getProfile(choice);
  try {
    return defineProfile(choice);
  } catch (error) {
    if (!(error instanceof EarshotError) || error.faults.length === 0) throw error;
    throw requestInvalid(error.faults.map(({ pointer, detail }) => ({ pointer: pointer.replace('#', '#/profile'), detail })));
  }
}

/** Weights to start from are of the same recipe and hear the same. */
async function startingPoint(
  { classifier, recipe }: Asked,
  number: number,
  { models }: Workspace,
): Promise<NonNullable<TrainInput['from']>> {
  const version = await models.versions.get(classifier, number);
  if (version.recipe !== recipe)
    throw requestInvalid([{ pointer: '#/from', detail: `is of the recipe ${version.recipe}, not of ${recipe}` }]);
  return { version: number, modelVersionId: version.id, artifactSha256: version.artifact.sha256 };
}

function recipeOf({ recipe: name }: Asked): Recipe {
  const recipe = recipes.get(name);
  if (recipe === undefined) throw requestInvalid([{ pointer: '#/recipe', detail: `must be one of ${[...recipes.keys()].join(', ')}` }]);
  return recipe;
}

/** All settings of the recipe, with its defaults. */
function settingsOf(recipe: Recipe, settings: Record<string, unknown>): Record<string, unknown> {
  const result = recipe.settings.safeParse(settings);
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap(faultsOf);
  throw requestInvalid(faults.map(({ pointer, detail }) => ({ pointer: pointer.replace('#', '#/settings'), detail })));
}

function checkSplit({ split, testGroups, testFold, validationFold }: Asked): void {
  for (const [name, fold] of Object.entries({ testFold, validationFold })) {
    if (fold !== undefined && split !== 'folds') throw requestInvalid([{ pointer: `#/${name}`, detail: 'needs `split` to be folds' }]);
  }
  if (validationFold !== undefined && validationFold === testFold)
    throw requestInvalid([{ pointer: '#/validationFold', detail: 'is the fold that is held out' }]);
  if (testGroups !== undefined && split !== undefined && split !== 'grouped')
    throw requestInvalid([{ pointer: '#/testGroups', detail: `does not go with the split ${split}` }]);
}

const leastClips = 10;

function checkSize({ dataset }: Asked, { number, clips, labels }: VersionRow): void {
  const names = Object.keys(labels);
  const where = `Version ${number} of ${dataset}`;
  if (names.length < 2)
    throw new EarshotError('DATASET_TOO_SMALL', `${where} has ${names.length} label; at least 2 are needed to tell apart`);
  if (clips < leastClips) throw new EarshotError('DATASET_TOO_SMALL', `${where} has ${clips} clips; at least ${leastClips} are needed`);
}
