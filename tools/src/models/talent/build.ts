// npm run models:build -- talent [--voices 600] [--seed 3]: sings phrases, half of them steady and in tune, trains `talent-mlp` on two
// thirds of them, measures on a third, writes models/talent.
import { parseArgs } from 'node:util';
import { extract, pcmInMemory, talent37 } from '@earshot/features';
import { evaluate, openModel, talentMlp } from '@earshot/learning';
import { writeBundle } from '../bundle.js';
import { provenance } from '../provenance.js';
import { sing, singingRate } from './sing.js';

const labels = ['bad', 'good'];

export async function buildTalent(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { voices: { type: 'string', default: '600' }, seed: { type: 'string', default: '3' } } });
  const [count, seed] = [Number(values.voices), Number(values.seed)];
  const vectors = Array.from({ length: count }, (_, n) => vectorOf(sing(seed * 1_000_003 + n, n % 2 === 1)));
  const part = (isIn: (n: number) => boolean) => {
    const numbers = vectors.map((_, n) => n).filter((n) => isIn(Math.floor(n / 2) % 6));
    return {
      shape: [talent37Columns],
      rows: numbers.length,
      row: (index: number) => vectors[numbers[index]!]!,
      labels: Int32Array.from(numbers, (n) => n % 2),
    };
  };
  const [training, validation, test] = [part((sixth) => sixth < 3), part((sixth) => sixth === 3), part((sixth) => sixth > 3)];
  const settings = talentMlp.settings.parse({});
  const run = await talentMlp.begin({ training, validation, labels, settings, seed });
  while (!run.isOver) await run.advance();
  const artifact = run.best();
  run.close();
  const scorer = await openModel(artifact);
  const probabilities = scorer.score(Array.from({ length: test.rows }, (_, i) => test.row(i)));
  scorer.close();
  const metrics = evaluate({ probabilities, truth: test.labels, labels, seed });
  console.log(JSON.stringify({ voices: count, tested: test.rows, metrics }));
  writeBundle(artifact, {
    classifier: 'talent',
    recipe: talentMlp.name,
    profile: talent37.id,
    profileHash: talent37.hash,
    labels,
    provenance: { ...provenance('npm run models:build -- talent'), seed, settings, voices: count },
    metrics: { how: 'a third of the synthetic voices, of which the model heard none', ...metrics },
    card: {
      name: 'Talent: a demonstration on synthetic voices and nothing else',
      purpose:
        'Shows how a talent model is used. It tells steady synthetic voices that meet their notes from unsteady ones that do not; it ' +
        'knows nothing of people who sing. Train your own on recordings of people before you say anything of one.',
      trainedOn: ['synthetic voices made from a seed by models:build -- talent'],
      notTestedOn: ['any recording of a person', 'any instrument', 'noise, rooms and microphones'],
    },
    decision: { thresholds: {}, unknownBelow: 0, unknownLabel: 'unknown' },
  });
}

const talent37Columns = 37;

function vectorOf(samples: Float32Array): Float32Array {
  return extract([talent37], () => pcmInMemory(samples, singingRate))[0]!.values;
}
