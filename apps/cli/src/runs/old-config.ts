import { readFile, stat } from 'node:fs/promises';
import { EarshotError } from '@earshot/contracts';
import { getProfile, type ProfileDefinition, profileDefinition } from '@earshot/features';
import { z } from 'zod';

/** What the old keyword system could be told of its training. */
const oldConfig = z.strictObject({
  params: z.strictObject({
    epochs: z.number().optional(),
    learning_rate: z.number().optional(),
    batch_size: z.number().optional(),
    n_mfcc: z.int().min(1).max(128).optional(),
    mfcc_length: z.int().min(8, 'must be at least 8: the network halves the frames three times').max(10_000).optional(),
    sampling_rate: z.int().min(4_000).max(192_000).optional(),
  }),
});

type Params = z.output<typeof oldConfig>['params'];

/** Of a request for a run what such a file says. The ranges of settings are the recipe's, which the server knows. */
export interface ConfiguredRun {
  recipe: 'cnn-lstm-attention';
  settings: { epochs?: number; learningRate?: number; batchSize?: number };
  /** Left out where it is the recipe's own. */
  profile?: ProfileDefinition;
}

const mostBytes = 65_536;

/** Reads the `config.yaml` of the old keyword system as a way to train its network. What it says and cannot be done is refused. */
export async function readOldConfig(path: string): Promise<ConfiguredRun> {
  const result = oldConfig.safeParse(await readYaml(path));
  if (!result.success) throw invalid(path, result.error.issues.map(described).join('; '));
  const { epochs, learning_rate: learningRate, batch_size: batchSize, ...heard } = result.data.params;
  const profile = profileOf(heard);
  return { recipe: 'cnn-lstm-attention', settings: { epochs, learningRate, batchSize }, ...(profile === null ? {} : { profile }) };
}

/** As the recipe's own profile, whose mel bands reach up to half of the sample rate; null: just that one. */
function profileOf({ n_mfcc, mfcc_length, sampling_rate }: Params): ProfileDefinition | null {
  const { id: _, hash: __, ...own } = getProfile('mfcc-49x40@1');
  const { mel, ...base } = profileDefinition.parse(own);
  const {
    sampleRate = base.sampleRate,
    coefficients = 49,
    frames = 40,
  } = { sampleRate: sampling_rate, coefficients: n_mfcc, frames: mfcc_length };
  if (sampleRate === base.sampleRate && coefficients === 49 && frames === 40) return null;
  const output = { kind: 'matrix', of: { feature: 'mfcc', coefficients }, frames } as const;
  const name = `mfcc-${coefficients}x${frames}-at-${sampleRate}`;
  return { ...base, name, sampleRate, mel: { ...mel, maxHz: sampleRate / 2 }, output };
}

async function readYaml(path: string): Promise<unknown> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new EarshotError('FILE_NOT_FOUND', `There is no file ${path}`);
  if (found.size > mostBytes) throw invalid(path, `has ${found.size} bytes, and a configuration at most ${mostBytes}`);
  const { parse } = await import('yaml');
  try {
    return parse(await readFile(path, 'utf8'), { logLevel: 'error' });
  } catch (error) {
    throw new EarshotError(
      'BODY_MALFORMED',
      `${path} is no YAML: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    );
  }
}

function invalid(path: string, what: string): EarshotError {
  return new EarshotError('REQUEST_INVALID', `${path}: ${what}`);
}

function described(issue: z.core.$ZodIssue): string {
  const place = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = place === 'params' ? Object.keys(oldConfig.shape.params.shape) : ['params'];
    return `${issue.keys.map((key) => [...issue.path, key].join('.')).join(', ')} is not known; known are ${known.join(', ')}`;
  }
  return `${place === '' ? 'the file' : place}: ${issue.message}`;
}
