// npm run models:build -- sounds [--clips 100] [--epochs 30] [--seed 7]: makes so many sounds of each of ten kinds, trains the recipe
// `sounds` on half of them, measures on a third, writes models/sounds and three of the sounds into its folder `samples`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { wavFile } from '@earshot/audio';
import { extract, logmel128, pcmInMemory } from '@earshot/features';
import { evaluate, openModel, sounds, type TrainingData } from '@earshot/learning';
import { Random } from '../../random.js';
import { modelsFolder, writeBundle } from '../bundle.js';
import { provenance } from '../provenance.js';
import { makeSound, soundLabels } from './make-sound.js';
import { soundRate } from './synth.js';

const samplesFolder = join(modelsFolder, 'sounds', 'samples');
const shownLabels = ['bell', 'dog', 'rain'];

export async function buildSounds(args: string[]): Promise<void> {
  const number = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({ args, options: { clips: number('100'), epochs: number('30'), seed: number('7') } });
  const [clips, epochs, seed] = [Number(values.clips), Number(values.epochs), Number(values.seed)];
  const rows = Array.from({ length: clips * soundLabels.length }, (_, n) => rowOf(clipOf(seed, n)));
  const part = (isIn: (sixth: number) => boolean): TrainingData => {
    const numbers = [...rows.keys()].filter((n) => isIn(Math.floor(n / soundLabels.length) % 6));
    return {
      shape: [bands, rows[0]!.length / bands],
      rows: numbers.length,
      row: (index) => rows[numbers[index]!]!,
      labels: Int32Array.from(numbers, (n) => n % soundLabels.length),
    };
  };
  const [training, validation, test] = [part((sixth) => sixth < 3), part((sixth) => sixth === 3), part((sixth) => sixth > 3)];
  const settings = sounds.settings.parse({ epochs, filters: [16, 16, 32, 64] });
  const labels = [...soundLabels];
  const startMs = performance.now();
  const run = await sounds.begin({ training, validation, labels, settings, seed });
  while (!run.isOver) {
    const ended = await run.advance();
    if (ended !== null) console.log(JSON.stringify({ epoch: ended.epoch, validationAccuracy: ended.validationAccuracy }));
  }
  const artifact = run.best();
  run.close();
  const scorer = await openModel(artifact);
  const probabilities = scorer.score(Array.from({ length: test.rows }, (_, i) => test.row(i)));
  scorer.close();
  const metrics = evaluate({ probabilities, truth: test.labels, labels, seed });
  const seconds = Math.round((performance.now() - startMs) / 1_000);
  console.log(
    JSON.stringify({ clips: rows.length, tested: test.rows, accuracy: metrics.accuracy, interval: metrics.accuracyInterval, seconds }),
  );
  writeBundle(artifact, {
    classifier: 'sounds',
    recipe: sounds.name,
    profile: logmel128.id,
    profileHash: logmel128.hash,
    labels,
    provenance: { ...provenance('npm run models:build -- sounds'), seed, settings, clips: rows.length },
    metrics: { how: 'a third of the synthetic sounds, of which the model heard none', ...metrics },
    card: {
      name: 'Sounds: a demonstration on synthetic sounds and nothing else',
      purpose:
        'Shows how a model of environmental sounds and its explanations are used. It tells ten kinds of sounds apart that a program made ' +
        'from random numbers; it has never heard a real dog, bell or siren. Train your own on recordings before you rely on an answer.',
      trainedOn: ['synthetic sounds made from a seed by models:build -- sounds'],
      notTestedOn: ['any recording', 'sounds of other kinds, of which it names one of its ten all the same', 'several sounds at once'],
    },
    decision: { thresholds: {}, unknownBelow: 0, unknownLabel: 'unknown' },
  });
  writeSamples(seed);
}

const { bands } = logmel128.mel;

/** The n-th clip, of the labels in turn; each has numbers of its own. */
function clipOf(seed: number, n: number): Float32Array {
  return makeSound(soundLabels[n % soundLabels.length]!, new Random(seed * 1_000_003 + n));
}

function rowOf(samples: Float32Array): Float32Array {
  return extract([logmel128], () => pcmInMemory(samples, soundRate))[0]!.values;
}

/** Of clips that were held out: those of the fifth round. */
function writeSamples(seed: number): void {
  mkdirSync(samplesFolder, { recursive: true });
  for (const label of shownLabels) {
    const samples = clipOf(seed, 4 * soundLabels.length + soundLabels.indexOf(label));
    writeFileSync(join(samplesFolder, `${label}.wav`), wavFile([samples], { sampleRate: soundRate, sampleFormat: 'pcm16' }));
  }
}
