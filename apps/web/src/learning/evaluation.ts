import type { components } from '../generated/openapi.js';

export type Evaluation = components['schemas']['ModelEvaluation'];

/** The honest one of the two intervals: by group where groups are known. */
export function intervalOf({
  accuracyInterval: { byGroup, byRow },
}: Evaluation): { low: number; high: number; by: 'group' | 'clip' } | null {
  if (byGroup !== null) return { ...byGroup, by: 'group' };
  return byRow === null ? null : { ...byRow, by: 'clip' };
}

/** What a version was measured at: a run writes it below `test`, a model that came with Earshot as a whole; null where it is neither. */
export function evaluationOf(metrics: Readonly<Record<string, unknown>>): Evaluation | null {
  return [metrics['test'], metrics].find(isEvaluation) ?? null;
}

function isEvaluation(value: unknown): value is Evaluation {
  return typeof value === 'object' && value !== null && 'support' in value && 'confusion' in value && 'perLabel' in value;
}
