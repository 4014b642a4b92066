import { z } from 'zod';
import { profileChoice } from '../kinds/features.js';

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
export const decision = z
  .strictObject({
    thresholds: z
      .record(z.string().min(1).max(255), probability)
      .default({})
      .meta({ description: 'By label; those that are not named here have `unknownBelow`' }),
    unknownBelow: probability.default(0).meta({ description: 'The threshold of every other label; 0: the most probable is answered' }),
    unknownLabel: z
      .string()
      .min(1)
      .max(255)
      .default('unknown')
      .meta({ description: 'What is answered when no label reaches its threshold' }),
  })
  .meta({ id: 'Decision' });

export type Decision = z.output<typeof decision>;

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
