// npm run models:build -- keywords --digits DIR --commands DIR --voices DIR --cache DIR [--seeds 1,2] [--folds 0,1,2,3] [--rounds 2] [--measured-rounds 2]
// [--measure-only]
// Measures the recipe on people it never heard (each fold's model trains on none of them), fits the temperature to what these models
// said, then trains the model that comes with Earshot on all recordings and writes it to models/keywords.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { speech40 } from '@earshot/features';
import { applyTemperature, fitTemperature, openModel, withTemperature } from '@earshot/learning';
import { writeBundle } from '../bundle.js';
import { provenance } from '../provenance.js';
import { keywordCard } from './card.js';
import { type Example, examplesOf, foldCount, labels } from './corpus.js';
import { calibrationError, type Figures, figuresOf, type Judged, realRows, tradeOffs } from './judgement.js';
import { folderOptions, foldersOf } from './prepare.js';
import { readRecordings } from './recordings.js';
import { splicesOf } from './splices.js';
import { bundledSetup, trainKeywords } from './training.js';

/** What a keyword's probability must reach to be answered. */
const answeredFrom = 0.3;
const otherThresholds = [0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

export async function buildKeywords(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      ...folderOptions,
      seeds: { type: 'string', default: '1,2' },
      folds: { type: 'string', default: Array.from({ length: foldCount }, (_, fold) => fold).join(',') },
      rounds: { type: 'string', default: `${bundledSetup.rounds.length}` },
      'measured-rounds': { type: 'string' }, // of the folds' models, where there is no time for all rounds
      'measure-only': { type: 'boolean', default: false },
    },
  });
  const { folders, cache } = foldersOf(values);
  const recordings = await readRecordings(folders, cache);
  const examples = examplesOf([...recordings, ...splicesOf(recordings, 5)]);
  const setupOf = (rounds: number) => ({ ...bundledSetup, rounds: bundledSetup.rounds.slice(0, rounds) });
  const [rounds, measuredRounds] = [Number(values.rounds), Number(values['measured-rounds'] ?? values.rounds)];
  const folder = join(cache, 'runs');
  const figures: Figures[] = [];
  const errors: { before: number; after: number }[] = [];
  let temperature = 1;
  let thresholds: ReturnType<typeof tradeOffs> = [];
  for (const seed of numbers(values.seeds)) {
    const judged = await judgedByFolds(examples, numbers(values.folds), (fold) =>
      trainKeywords(examples, { setup: setupOf(measuredRounds), folder, seed, fold }),
    );
    const fitted = temperatureOf(judged);
    const after = { examples: judged.examples, probabilities: applyTemperature(judged.probabilities, labels.length, fitted) };
    if (figures.length === 0) {
      // Of the seed that the bundled model has.
      temperature = fitted;
      thresholds = tradeOffs(after, otherThresholds);
    }
    figures.push(figuresOf(after, answeredFrom));
    errors.push({ before: calibrationError(judged), after: crossCalibrationError(judged) });
    print({ seed, temperature: fitted, calibrationError: errors.at(-1), ...figures.at(-1) });
  }
  if (values['measure-only']) return;
  const [seed = 1] = numbers(values.seeds);
  const artifact = withTemperature(await trainKeywords(examples, { setup: setupOf(rounds), folder, seed, fold: null }), temperature);
  writeBundle(artifact, {
    classifier: 'keywords',
    recipe: 'keywords',
    profile: speech40.id,
    profileHash: speech40.hash,
    labels: [...labels],
    provenance: { ...provenance('npm run models:build -- keywords'), seed, settings: setupOf(rounds), examples: examples.length },
    metrics: {
      how: `folds ${values.folds} of ${foldCount}, after ${measuredRounds} of ${rounds} rounds; each model trained on none of the speakers and words by which it is judged`,
      seeds: figures,
      calibrationErrors: errors,
      thresholds,
    },
    card: keywordCard(examples),
    // Neither unknown nor silence is a keyword: nothing reaches 1, so they are told as unknown.
    decision: { thresholds: { unknown: 1, silence: 1 }, unknownBelow: answeredFrom, unknownLabel: 'unknown' },
  });
}

/** Every example of a fold, as the model that trained without that fold hears it. */
async function judgedByFolds(examples: readonly Example[], folds: number[], train: (fold: number) => Promise<Uint8Array>): Promise<Judged> {
  const judged: Example[] = [];
  const parts: Float32Array[] = [];
  for (const fold of folds) {
    const scorer = await openModel(await train(fold));
    const ofFold = examples.filter((example) => example.fold === fold);
    judged.push(...ofFold);
    parts.push(scorer.score(ofFold.map(({ power }) => power)));
    scorer.close();
  }
  const probabilities = new Float32Array(judged.length * labels.length);
  let at = 0;
  for (const part of parts) {
    probabilities.set(part, at);
    at += part.length;
  }
  return { examples: judged, probabilities };
}

function temperatureOf(judged: Judged): number {
  const { probabilities, truth } = realRows(judged);
  return fitTemperature(probabilities, truth);
}

/** After a temperature that was fitted on the other folds. */
function crossCalibrationError({ examples, probabilities }: Judged): number {
  const out = new Float32Array(probabilities.length);
  const part = (isIn: (example: Example) => boolean) => {
    const rows = examples.flatMap((example, row) => (isIn(example) ? [row] : []));
    const values = new Float32Array(rows.length * labels.length);
    for (const [i, row] of rows.entries())
      values.set(probabilities.subarray(row * labels.length, (row + 1) * labels.length), i * labels.length);
    return { rows, judged: { examples: rows.map((row) => examples[row]!), probabilities: values } };
  };
  for (const fold of new Set(examples.map((example) => example.fold))) {
    const [mine, others] = [part((example) => example.fold === fold), part((example) => example.fold !== fold)];
    if (others.rows.length === 0) return Number.NaN;
    const after = applyTemperature(mine.judged.probabilities, labels.length, temperatureOf(others.judged));
    for (const [i, row] of mine.rows.entries()) out.set(after.subarray(i * labels.length, (i + 1) * labels.length), row * labels.length);
  }
  return calibrationError({ examples, probabilities: out });
}

function numbers(list: string): number[] {
  return list.split(',').map(Number);
}

function print(line: object): void {
  console.log(JSON.stringify(line, (_, value) => (typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value)));
}
