import { answer, api } from '../api/client.js';
import { formOf, type Job, onlyItem, resultOf, waiting } from '../api/work.js';
import type { components } from '../generated/openapi.js';
import type { ScoreBarsProps } from '../ui/score-bars.js';

export type Prediction = components['schemas']['Prediction'];
export interface Heard {
  clipId: string;
  prediction: Prediction;
}

const most = 5;

/** What an answer had to reach. A threshold of 1 belongs to labels that are never answered, and 0 to a model without any. */
export function leastOf({ threshold }: Pick<Prediction, 'threshold'>): number | undefined {
  return threshold > 0 && threshold < 1 ? threshold : undefined;
}

/** No label was sure enough; an `unknown` that the model itself holds for the most probable is an answer as any other. */
export function isUnsure({ isUnknown, label, scores }: Prediction): boolean {
  return isUnknown && scores[0]?.label !== label;
}

/** A prediction as `ScoreBars` shows it. */
export function barsOf(prediction: Prediction): ScoreBarsProps {
  const { scores, label, isUnknown } = prediction;
  return { scores, threshold: leastOf(prediction), answer: label, isUnknown };
}

/** Uploads a sound, and says what it sounds like to a classifier. */
export async function predictFile(file: File, classifier: string, tell?: (job: Job) => void): Promise<Heard> {
  const params = { query: { classifier, topK: most }, header: waiting };
  const answered = await answer(api.POST('/api/v1/predictions', { params, ...formOf(file) }));
  const { clipId, result } = onlyItem(await resultOf('predict', answered, tell));
  if (clipId === null) throw new Error('The clip was deleted meanwhile');
  return { clipId, prediction: result };
}

/** The same of a clip that is stored already. */
export async function predictClip(clipId: string, classifier: string, tell?: (job: Job) => void): Promise<Heard> {
  const body = { clipIds: [clipId], classifier, topK: most };
  const answered = await answer(api.POST('/api/v1/predictions/clips', { params: { header: waiting }, body }));
  return { clipId, prediction: onlyItem(await resultOf('predict', answered, tell)).result };
}
