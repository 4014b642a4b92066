import type { Decoded } from '@earshot/audio';
import { EarshotError } from '@earshot/contracts';
import { costMsPerSecond, type Profile } from '@earshot/features';

/** Refuses what would be killed for its time anyway, now that it is known how long the clip is: COST_TOO_HIGH. */
export function checkCost(
  profiles: readonly Profile[],
  { frames, sampleRate }: Pick<Decoded, 'frames' | 'sampleRate'>,
  limitMs: number,
): void {
  const seconds = frames / sampleRate;
  const cost = Math.round(costMsPerSecond(profiles) * seconds);
  if (cost > limitMs)
    throw new EarshotError(
      'COST_TOO_HIGH',
      `${Math.round(seconds)} s by these profiles take about ${cost} ms, limit ${Math.round(limitMs)} ms`,
      {
        members: { limit: Math.round(limitMs) },
      },
    );
}
