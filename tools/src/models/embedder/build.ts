// npm run models:build -- embedder [--presets 20] [--variants 8] [--seed 12] [--check]: makes synthetic sounds, fits the projection of
// sound-97@1 to what their variants have in common, writes it into libs/learning. --check makes all anew and compares.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { extract, pcmInMemory, sound97 } from '@earshot/features';
import { fitProjection, sound97Provenance, writeProjection } from '@earshot/learning';
import { synthesisRate } from '../synthesis/synthesizer.js';
import { families } from './families.js';
import { syntheticSounds } from './sounds.js';

const file = fileURLToPath(new URL('../../../../libs/learning/src/embedders/sound-97-fit.ts', import.meta.url));

export async function buildEmbedder(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      presets: { type: 'string', default: '20' },
      variants: { type: 'string', default: '8' },
      seed: { type: 'string', default: '12' },
      check: { type: 'boolean', default: false },
    },
  });
  const [presets, variants, seed] = [Number(values.presets), Number(values.variants), Number(values.seed)];
  const vectors: Float32Array[] = [];
  const presetOf: number[] = [];
  for (const { preset, samples } of syntheticSounds(seed, presets, variants)) {
    vectors.push(soundVector(samples));
    presetOf.push(preset);
  }
  const projection = fitProjection(vectors, presetOf, groupSizes());
  const text = moduleOf(
    writeProjection(projection, {
      profile: sound97.id,
      profileHash: sound97.hash,
      seed: `${seed}`,
      trainedOn: `${vectors.length} synthetic sounds: ${families.length} families, ${presets} presets of each, ${variants} variants of each`,
      command: `npm run models:build -- embedder --presets ${presets} --variants ${variants} --seed ${seed}`,
      sample: sampleDigest(seed),
    }),
  );
  const isCurrent = readFileSync(file, 'utf8') === text;
  if (!values.check) writeFileSync(file, text);
  else if (!isCurrent) process.exitCode = 1;
  console.log(JSON.stringify({ sounds: vectors.length, presets: presets * families.length, isCurrent }));
}

function soundVector(samples: Float32Array): Float32Array {
  return extract([sound97], () => pcmInMemory(samples, synthesisRate))[0]!.values;
}

/** Of each entry, how many its group has. */
function groupSizes(): number[] {
  const { columns } = sound97.output;
  return columns.map(({ group }) => columns.filter((other) => other.group === group).length);
}

/** `--check`: the bundled projection is for the profile's numbers, and was fitted to sounds that are made the same today. */
export function checkEmbedder(): void {
  const { profileHash, seed, sample } = sound97Provenance();
  const faults = [
    ...(profileHash === sound97.hash ? [] : ['the profile has another hash']),
    ...(sample === sampleDigest(Number(seed)) ? [] : ['the synthetic sounds or their vectors are others']),
  ];
  console.log(JSON.stringify({ embedder: sound97.id, ok: faults.length === 0, faults }));
  if (faults.length > 0) process.exitCode = 1;
}

/** SHA-256 over the vectors of one sound of each family: another one when the sounds or their numbers have changed since the fit. */
function sampleDigest(seed: number): string {
  const hash = createHash('sha256');
  for (const { samples } of syntheticSounds(seed, 1, 1)) hash.update(soundVector(samples));
  return hash.digest('hex');
}

function moduleOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64');
  return `// Made by \`npm run models:build -- embedder\`: do not edit.\nexport const sound97Fit =\n  '${text}';\n`;
}
