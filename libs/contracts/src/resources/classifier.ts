import { z } from 'zod';
import { profileChoice } from '../kinds/features.js';
import { versionNumber } from '../version-number.js';
import { page } from './page.js';

/** Under which versions of a model are kept. */
export const classifierName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be 1 to 64 of a-z, 0-9, ., _ and -, the first a letter or digit');

/** What points at one of the versions. */
export const aliasName = z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/, 'must be 1 to 32 of a-z, 0-9, _ and -, the first a letter');

/** Taken where a request names neither alias nor version, and no traffic is split. */
export const productionAlias = 'production';

/** What an alias of that classifier is unique in. */
export function classifierScope(classifier: string): string {
  return `classifier ${classifier}`;
}

/** The classifier in whose scope an alias is; null of what is no classifier's. */
export function classifierOf(scope: string): string | null {
  return scope.startsWith('classifier ') ? scope.slice('classifier '.length) : null;
}

const probability = z.number().min(0).max(1);

/**
 * How probabilities become an answer. A label may be answered whose probability reaches its threshold: the most probable of those is; where
 * there is none the answer is `unknown`.
 */
export const decision = z.strictObject({
  thresholds: z
    .record(z.string().min(1).max(255), probability)
    .default({})
    .meta({ description: 'By label; those that are not named here have `unknownBelow`' }),
  unknownBelow: probability.default(0).meta({ description: 'The threshold of every other label; 0: the most probable is answered' }),
  unknownLabel: z.string().min(1).max(255).default('unknown').meta({ description: 'What is answered when no label reaches its threshold' }),
});

export type Decision = z.output<typeof decision>;

/** Members that are left out stay as they are. */
export const decisionChange = z.strictObject({
  thresholds: decision.shape.thresholds.unwrap().optional(),
  unknownBelow: decision.shape.unknownBelow.unwrap().optional(),
  unknownLabel: decision.shape.unknownLabel.unwrap().optional(),
});

const document = z.record(z.string(), z.unknown());

/** All that is kept of a version beside its artifact; nothing of it changes but the decision. */
export const modelFacts = z.strictObject({
  recipe: z.string().min(1).max(80).meta({ description: 'How it was trained' }),
  profile: profileChoice.meta({ description: 'What it hears: a named profile, or the definition of one' }),
  profileHash: z.string().regex(/^[0-9a-f]{64}$/),
  labels: z.array(z.string().min(1).max(255)).min(1).max(10_000),
  provenance: document.meta({ description: 'All that decided what came out: settings, seed, code, backend, processor' }),
  metrics: document.meta({ description: 'What it was measured at, on what' }),
  card: document.meta({ description: 'What it is for, what it was trained on, and what it was not tested on' }),
  decision,
});

export type ModelFacts = z.output<typeof modelFacts>;

const moment = z.iso.datetime();
const count = z.int().nonnegative();

/** `{alias: percent}`: which part of the jobs that name neither alias nor version go where. */
export const traffic = z
  .record(aliasName, z.number().min(0).max(100))
  .refine((shares) => Object.keys(shares).length === 0 || Math.abs(sumOf(shares) - 100) < 1e-6, 'must add up to 100, or be empty')
  .meta({ description: 'Percent of the jobs that name neither alias nor version, by alias; empty: all of them go to `production`' });

export const classifierAlias = z.object({
  classifier: z.string(),
  alias: z.string(),
  version: z.int().positive().meta({ description: 'Of the model, at which it points' }),
  modelVersionId: z.uuid(),
  moves: z.int().positive().meta({ description: 'How often it has been moved: the number in its `ETag`' }),
  movedAt: moment,
});

export const classifier = z.object({
  name: z.string(),
  description: z.string(),
  traffic: z.record(z.string(), z.number()),
  aliases: z.array(classifierAlias),
  versions: count.meta({ description: 'How many versions there are' }),
  revision: count.meta({ description: 'How often description and traffic were changed: the number in its `ETag`' }),
  createdAt: moment,
  updatedAt: moment,
});

export const modelVersion = z.object({
  id: z.uuid(),
  classifier: z.string(),
  version: z.int().positive(),
  ...modelFacts.shape,
  decision: z.object(decision.shape),
  decisionRevision: count.meta({ description: 'How often the decision was changed: the number in the `ETag` of the version' }),
  aliases: z.array(z.string()).meta({ description: 'Those that point at it' }),
  artifact: z.object({ sha256: z.string(), sizeBytes: count }),
  datasetVersionId: z.uuid().nullable(),
  jobId: z.uuid().nullable().meta({ description: 'The run that made it; null of one that was imported or came with Earshot' }),
  createdAt: moment,
  links: z.object({ self: z.string(), artifact: z.string(), archive: z.string() }),
});

export const classifierPage = page(classifier);
export const modelVersionPage = page(modelVersion);
export const classifierAliases = z.object({ items: z.array(classifierAlias) });

/** Versions side by side: what each was measured at. */
export const modelComparison = z.object({
  classifier: z.string(),
  versions: z.array(
    modelVersion.pick({ version: true, recipe: true, profileHash: true, labels: true, metrics: true, createdAt: true, aliases: true }),
  ),
  metrics: z.array(z.object({ name: z.string(), values: z.array(z.number().nullable()) })).meta({
    description:
      'Each number of their metrics by its path (`random.accuracy`), with its value in each version, in their order; null where it has none',
  }),
});

export type ClassifierResource = z.output<typeof classifier>;
export type ClassifierAliasResource = z.output<typeof classifierAlias>;
export type ModelVersionResource = z.output<typeof modelVersion>;
export type ModelComparison = z.output<typeof modelComparison>;

export const classifierChange = z.strictObject({ description: z.string().max(2_000).optional(), traffic: traffic.optional() });
export const aliasTarget = z.strictObject({ version: versionNumber });

function sumOf(shares: Record<string, number>): number {
  return Object.values(shares).reduce((sum, percent) => sum + percent, 0);
}
