import { EarshotError, type JobInput, type ProfileChoice, type TrainInput, trainJob } from '@earshot/contracts';
import { type DatasetRepository, datasetItems, type VersionRow, type Workspace } from '@earshot/database';
import { defineProfile, getProfile, type Profile } from '@earshot/features';
import { type Recipe, recipes } from '@earshot/learning';
import { faultsOf, requestInvalid } from '../requests/parse.js';
import type { KindRules } from '../work/kind-rules.js';
import { learnable } from './learnable.js';
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
    checkProfile(recipe, profileOf(asked.profile ?? recipe.profile));
    if (asked.from !== undefined && !recipe.startsFromModels)
      throw requestInvalid([{ pointer: '#/from', detail: `does not go with the recipe ${recipe.name}, which begins anew each time` }]);
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
    await checkHeldOut(asked, version, datasets);
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
    from: from === undefined ? null : await startingPoint(asked, from, { version, profile: profileOf(profile), workspace }),
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

function checkProfile({ name, learnsFrom, profile: own }: Recipe, profile: Profile): void {
  const { what, isMadeBy } = learnable[learnsFrom];
  if (isMadeBy(profile)) return;
  const detail = `makes nothing that the recipe ${name} learns from, which is ${what}, as ${own} makes them`;
  throw requestInvalid([{ pointer: '#/profile', detail }]);
}

interface Start {
  version: VersionRow;
  profile: Profile;
  workspace: Workspace;
}

/** Weights to start from are of the same recipe, hear the same, and tell the same labels apart. */
async function startingPoint(
  { classifier, recipe }: Asked,
  number: number,
  { version: { labels }, profile, workspace: { models } }: Start,
): Promise<NonNullable<TrainInput['from']>> {
  const model = await models.versions.get(classifier, number);
  const refuse = (detail: string) => requestInvalid([{ pointer: '#/from', detail }]);
  if (model.recipe !== recipe) throw refuse(`is of the recipe ${model.recipe}, not of ${recipe}`);
  if (model.profile !== profile.id && model.profileHash !== profile.hash) throw refuse(`hears by another profile than ${profile.id}`);
  const wanted = Object.keys(labels).toSorted();
  if (model.labels.toSorted().join('\n') !== wanted.join('\n'))
    throw refuse(`tells ${model.labels.join(', ')} apart, and the dataset has ${wanted.join(', ')}`);
  return { version: number, modelVersionId: model.id, artifactSha256: model.artifact.sha256 };
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

/** What is to be held out, or to choose the epoch by, must be there. */
async function checkHeldOut(asked: Asked, { id, number }: VersionRow, datasets: DatasetRepository): Promise<void> {
  const { dataset, testGroups = [], testFold, validationFold } = asked;
  const which = `version ${number} of ${dataset}`;
  const missing = testGroups.length === 0 ? [] : await datasets.missingGroups(id, testGroups);
  if (missing.length > 0)
    throw requestInvalid([{ pointer: '#/testGroups', detail: `names what ${which} does not have: ${missing.join(', ')}` }]);
  for (const [name, fold] of Object.entries({ testFold, validationFold })) {
    if (fold !== undefined && !(await datasets.hasFold(id, fold)))
      throw requestInvalid([{ pointer: `#/${name}`, detail: `is a fold that ${which} does not have` }]);
  }
}
