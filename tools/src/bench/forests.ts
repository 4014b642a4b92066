// npm run bench -- forests [--python PATH]: fit and score of the two forests, one thread, beside scikit-learn in the same run, where that
// Python has it. Five rounds with a seed each: what is fitted, and how well it does on rows held out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  accuracy,
  confusionOf,
  curveOf,
  IsolationForest,
  openModel,
  predictedLabels,
  recipes,
  rocAuc,
  type TrainingData,
} from '@earshot/learning';
import { z } from 'zod';
import { columns, labelCount, labelledSounds, type Sounds, soundsWithAnomalies } from './forests/sounds.js';
import { PythonPeer } from './peers/python-peer.js';
import { lowerQuartile } from './timing/quantiles.js';
import { timed } from './timing/timed.js';

const trees = 100;
const contamination = 0.1;
const sizes = [1000, 10_000];
const testRows = 2000;
const seeds = [1, 2, 3, 4, 5];
const goals = { timesAsFast: 2, oneRowMs: 0.1 };

const roundSchema = z.object({
  fit: z.object({ seconds: z.number(), processorSeconds: z.number() }),
  oneRowSeconds: z.number(),
  measure: z.number(),
});
type Round = z.output<typeof roundSchema>;

interface Kind {
  name: 'classes' | 'anomalies';
  title: string;
  measure: string;
  sounds(rows: number, seed: number): Sounds;
  round(train: Sounds, test: Sounds, seed: number): Promise<Round>;
}

const kinds: readonly Kind[] = [
  { name: 'classes', title: 'random forest', measure: 'accuracy', sounds: labelledSounds, round: roundOfClasses },
  { name: 'anomalies', title: 'isolation forest', measure: 'ROC AUC', sounds: soundsWithAnomalies, round: roundOfAnomalies },
];

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { python: { type: 'string' } } });
  const peer = values.python === undefined ? undefined : new PythonPeer(values.python, 'sklearn_forests.py');
  const folder = mkdtempSync(join(tmpdir(), 'earshot-forests-'));
  console.log(`${trees} trees, ${columns} columns, one thread; fits are the lower quartile of ${seeds.length} seeds, and the least`);
  console.log(
    '| forest, rows | | fit ms | least | processor ms | one row ms | on 2,000 rows: mean, least to most |\n|---|---|---|---|---|---|---|',
  );
  try {
    for (const kind of kinds) {
      for (const rows of sizes) if (!(await compare(kind, rows, folder, peer))) process.exitCode = 1;
    }
  } finally {
    peer?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** False: a goal was missed. */
async function compare(kind: Kind, rows: number, folder: string, peer: PythonPeer | undefined): Promise<boolean> {
  const [train, test] = [kind.sounds(rows, 1), kind.sounds(testRows, 2)];
  for (const [name, part] of Object.entries({ train, test })) {
    writeFileSync(join(folder, `${name}.f32`), part.matrix.values);
    writeFileSync(join(folder, `${name}.i32`), part.labels);
  }
  const [ours, theirs]: [Round[], Round[]] = [[], []];
  await kind.round(train, test, 0); // a worker has done this before
  for (const seed of seeds) {
    ours.push(await kind.round(train, test, seed)); // in turn, so that both see the same machine
    const question = { kind: kind.name, folder, rows, testRows, columns, trees, contamination, seed, repeat: 20 };
    if (peer) theirs.push(roundSchema.parse(await peer.ask(question)));
  }
  const title = `${kind.title}, ${rows.toLocaleString('en')}`;
  console.log(line(title, 'Earshot', ours));
  const isWarm = lowerQuartile(ours.map(({ oneRowSeconds }) => oneRowSeconds)) * 1000 <= goals.oneRowMs;
  if (!isWarm) console.log(`One row takes more than ${goals.oneRowMs} ms.`);
  if (theirs.length === 0) return isWarm;
  console.log(line(title, 'scikit-learn', theirs));
  const of = (rounds: Round[], value: (round: Round) => number) => lowerQuartile(rounds.map(value));
  const times = of(theirs, ({ fit }) => fit.seconds) / of(ours, ({ fit }) => fit.seconds);
  const processorTimes = of(theirs, ({ fit }) => fit.processorSeconds) / of(ours, ({ fit }) => fit.processorSeconds);
  const difference = Math.abs(mean(ours) - mean(theirs));
  const spread = Math.max(spreadOf(ours), spreadOf(theirs));
  const isAlike = difference <= spread;
  console.log(
    `| | ratio | **${times.toFixed(1)}** (goal ≥ ${goals.timesAsFast}) | | ${processorTimes.toFixed(1)} | | ` +
      `${kind.measure} ${difference.toFixed(4)} apart, spread ${spread.toFixed(4)}: ${isAlike ? 'alike' : 'not alike'} |`,
  );
  return isWarm && isAlike && times >= goals.timesAsFast;
}

function line(title: string, whose: string, rounds: Round[]): string {
  const ms = (value: (round: Round) => number) => rounds.map((round) => value(round) * 1000);
  const [fit, processor, oneRow] = [
    ms(({ fit }) => fit.seconds),
    ms(({ fit }) => fit.processorSeconds),
    ms((round) => round.oneRowSeconds),
  ];
  const measures = rounds.map(({ measure }) => measure);
  const range = `${mean(rounds).toFixed(4)}, ${Math.min(...measures).toFixed(4)} to ${Math.max(...measures).toFixed(4)}`;
  const times = `${lowerQuartile(fit).toFixed(0)} | ${Math.min(...fit).toFixed(0)} | ${lowerQuartile(processor).toFixed(0)}`;
  return `| ${title} | ${whose} | ${times} | ${lowerQuartile(oneRow).toFixed(4)} | ${range} |`;
}

const mean = (rounds: Round[]) => rounds.reduce((sum, { measure }) => sum + measure, 0) / rounds.length;

function spreadOf(rounds: Round[]): number {
  const measures = rounds.map(({ measure }) => measure);
  return Math.max(...measures) - Math.min(...measures);
}

/** As a service does it: with the figures of every ten trees, and the artifact written. */
async function roundOfClasses(train: Sounds, test: Sounds, seed: number): Promise<Round> {
  const recipe = recipes.get('random-forest')!;
  const labels = Array.from({ length: labelCount }, (_, label) => `label ${label}`);
  let model = new Uint8Array();
  const fit = await timed(async () => {
    const validation = dataOf({
      matrix: test.matrix.take(Array.from({ length: 200 }, (_, row) => row)),
      labels: test.labels.subarray(0, 200),
    });
    const training = await recipe.begin({ training: dataOf(train), validation, labels, seed, settings: recipe.settings.parse({ trees }) });
    while (!training.isOver) await training.advance();
    model = training.best();
  });
  const scorer = await openModel(model);
  const rows = rowsOf(test);
  const predicted = predictedLabels(scorer.score(rows), labelCount);
  const measure = accuracy(confusionOf(test.labels, predicted, labelCount)) ?? Number.NaN;
  return { fit, oneRowSeconds: secondsOfOneRow((row) => scorer.score([row]), rows), measure };
}

async function roundOfAnomalies(train: Sounds, test: Sounds, seed: number): Promise<Round> {
  let forest: IsolationForest | undefined;
  const fit = await timed(() => {
    forest = IsolationForest.fit(train.matrix, { trees, contamination, seed });
  });
  const fitted = forest!;
  const rows = rowsOf(test);
  const measure = rocAuc(curveOf(fitted.score(rows), test.labels)) ?? Number.NaN;
  return { fit, oneRowSeconds: secondsOfOneRow((row) => fitted.score([row]), rows), measure };
}

function secondsOfOneRow(score: (row: Float32Array) => unknown, rows: Float32Array[]): number {
  const times = rows.map((row) => {
    const start = performance.now();
    score(row);
    return (performance.now() - start) / 1000;
  });
  return times.toSorted((a, b) => a - b)[times.length >> 1]!;
}

function rowsOf({ matrix }: Sounds): Float32Array[] {
  return Array.from({ length: matrix.rows }, (_, row) => matrix.row(row));
}

function dataOf({ matrix, labels }: Sounds): TrainingData {
  return { shape: [matrix.columns], rows: matrix.rows, labels, row: (index) => matrix.row(index) };
}
