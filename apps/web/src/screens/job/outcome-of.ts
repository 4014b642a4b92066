import type { Item } from '../../jobs/items.js';
import { seconds } from '../../sound/numbers.js';

/** What came of an item in a line, and how sure that is where it is an answer. */
export function outcomeOf({ state, result, error }: Pick<Item, 'state' | 'result' | 'error'>): { text: string; confidence?: number } {
  if (error !== null) return { text: `${error.title}: ${error.detail}` };
  if (state !== 'succeeded' || result === null) return { text: '' };
  if ('label' in result && 'confidence' in result) return { text: result.label, confidence: result.confidence };
  if ('durationSeconds' in result && 'sampleRate' in result)
    return { text: `${seconds(result.durationSeconds)} at ${result.sampleRate / 1_000} kHz` };
  if ('vectors' in result) return { text: 'vectors computed' };
  return { text: 'done' };
}
