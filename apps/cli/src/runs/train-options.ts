import { EarshotError } from '@earshot/contracts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ConfiguredRun } from './old-config.js';

/** As commander has them. */
export interface TrainFlags {
  classifier: string;
  dataset: string;
  datasetVersion?: number;
  config?: string;
  recipe?: string;
  profile?: string;
  epochs?: number;
  batchSize?: number;
  learningRate?: number;
  setting?: Record<string, unknown>;
  seed?: number;
  split?: string;
  testShare?: number;
  testGroup?: string[];
  testFold?: number;
  validationFold?: number;
  augment?: number;
  compareSplits: boolean;
  permutedBaseline?: boolean;
  timeBudget?: number;
  promote?: string;
  from?: number;
}

export function withTrainOptions(command: Command): Command {
  return command
    .requiredOption('--classifier <name>', 'whose next version it becomes; it is made where there is none')
    .requiredOption('--dataset <name>', 'what it is trained on')
    .option('--dataset-version <number>', 'an earlier version of it; by default it is frozen as it is now', numberOf)
    .option('--config <file>', 'the config.yaml of the old keyword system: its network, trained as it says; flags come on top')
    .option('--recipe <name>', 'how it is trained (talent-mlp)')
    .option('--profile <name>', "what it hears; by default the recipe's")
    .option('--epochs <number>', 'at most', numberOf)
    .option('--batch-size <number>', 'rows of a step', numberOf)
    .option('--learning-rate <number>', 'of the first step', numberOf)
    .option('--setting <name=value>', 'another setting of the recipe, as JSON; may be repeated', settingOf, {})
    .option('--seed <number>', 'the same seed gives the same weights (42)', numberOf)
    .addOption(new Option('--split <kind>', 'by default grouped where groups are known').choices(['grouped', 'random', 'folds']))
    .option('--test-share <share>', 'of the clips, held out (0.2)', numberOf)
    .option('--test-group <group>', 'a group to hold out; may be repeated', (group: string, others: string[] = []) => [...others, group])
    .option('--test-fold <number>', 'the fold to hold out', numberOf)
    .option('--validation-fold <number>', 'the fold to choose the epoch by', numberOf)
    .option('--augment <copies>', 'changed copies of each clip that trains', numberOf)
    .option('--no-compare-splits', 'do not train a second time on the other kind of split')
    .option('--permuted-baseline', 'train once more on labels dealt at random')
    .option('--time-budget <seconds>', 'end with the best epoch so far', numberOf)
    .option('--promote <alias>', 'the alias that then points at the new version')
    .option('--from <version>', 'start from the weights of this version of the classifier', numberOf);
}

/** What is asked of the server: what was not given it decides itself. Flags come on top of what a configuration says. */
export function requestOf(flags: TrainFlags, configured: Partial<ConfiguredRun> = {}): object {
  const { epochs, batchSize, learningRate, setting, testGroup, augment, timeBudget, ...same } = flags;
  const {
    classifier,
    dataset,
    datasetVersion,
    seed,
    split,
    testShare,
    testFold,
    compareSplits,
    permutedBaseline,
    promote,
    from,
    validationFold,
  } = same;
  const { recipe = configured.recipe, profile = configured.profile } = same;
  const said = { ...setting, epochs, batchSize, learningRate };
  const settings = { ...configured.settings, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) };
  return {
    ...{ classifier, dataset, datasetVersion, recipe, profile, seed, split, testShare, testFold, compareSplits, permutedBaseline },
    ...{ promote, from, validationFold, settings, testGroups: testGroup, timeBudgetSeconds: timeBudget },
    augmentation: augment === undefined ? undefined : { copies: augment },
  };
}

/** A configuration is of one recipe, and may say what that hears: a flag that says another is no addition but a contradiction. */
export function checkAgainst({ recipe, profile }: TrainFlags, configured: ConfiguredRun): void {
  if (recipe !== undefined && recipe !== configured.recipe)
    throw new EarshotError('REQUEST_INVALID', `--config is of the recipe ${configured.recipe}, not of ${recipe}.`);
  if (profile !== undefined && configured.profile !== undefined)
    throw new EarshotError('REQUEST_INVALID', '--config says what is heard (n_mfcc, mfcc_length, sampling_rate): leave out --profile.');
}

function numberOf(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('A number.');
  return number;
}

function settingOf(text: string, others: Record<string, unknown>): Record<string, unknown> {
  const [, name, value] = /^([A-Za-z]\w*)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('As name=value.');
  try {
    return { ...others, [name]: JSON.parse(value) };
  } catch {
    return { ...others, [name]: value }; // a word needs no quotes
  }
}
