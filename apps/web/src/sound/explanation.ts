import { answer, api } from '../api/client.js';
import { onlyItem, resultOf, waiting } from '../api/work.js';
import type { components } from '../generated/openapi.js';

export type Explanation = components['schemas']['SoundExplanation'];

/** Of a classifier of the recipe `sounds`: where in the sound its answer came from, and what its layers made of it. */
export async function explainClip(clipId: string, classifier: string, version: number): Promise<Explanation> {
  const body = { clipIds: [clipId], classifier, version };
  const answered = await answer(api.POST('/api/v1/sounds/explanations/clips', { params: { header: waiting }, body }));
  return onlyItem(await resultOf('explain-sounds', answered)).result;
}
