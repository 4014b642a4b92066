import { EarshotError } from '@earshot/contracts';
import { extract, type PcmSource, type Profile } from '@earshot/features';
import type { Scorer } from '@earshot/learning';
import { score } from './score.js';
import { type Windows, windowsOf } from './windows.js';

/** Windows that are scored together: many enough to be quick, few enough to be held. */
const windowsAtOnce = 64;

/** Scores each window of a recording; one in which no feature can be computed, as in silence, is left out and said to be. */
export function scoreWindows(
  scorer: Scorer,
  profile: Profile,
  source: PcmSource,
  windows: Windows,
): { isScored: boolean[]; probabilities: Float32Array } {
  const parts = windowsOf(source, windows);
  const isScored: boolean[] = [];
  const scores: Float32Array[] = [];
  let rows: Float32Array[] = [];
  const flush = () => {
    if (rows.length > 0) scores.push(Float32Array.from(score(scorer, rows)));
    rows = [];
  };
  for (const part of parts) {
    const row = rowOf(profile, part);
    isScored.push(row !== null);
    if (row !== null) rows.push(row);
    if (rows.length === windowsAtOnce) flush();
  }
  flush();
  if (scores.length === 0)
    throw new EarshotError('FEATURE_NOT_COMPUTABLE', `${profile.id} can be computed of none of ${parts.length} windows`);
  const probabilities = new Float32Array(scores.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of scores) {
    probabilities.set(part, at);
    at += part.length;
  }
  return { isScored, probabilities };
}

function rowOf(profile: Profile, part: PcmSource): Float32Array | null {
  try {
    return extract([profile], () => part)[0]?.values ?? null;
  } catch (error) {
    if (error instanceof EarshotError && (error.code === 'FEATURE_NOT_COMPUTABLE' || error.code === 'AUDIO_EMPTY')) return null;
    throw error;
  }
}
