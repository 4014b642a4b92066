import { EarshotError, mostWindows } from '@earshot/contracts';
import type { PcmSource } from '@earshot/features';

export interface Windows {
  windowSeconds: number;
  hopSeconds: number;
}

/** The windows of a recording: every hop one begins, and the last reaches the end, however little is left for it. */
export function windowsOf({ sampleRate, sampleCount, read }: PcmSource, { windowSeconds, hopSeconds }: Windows): PcmSource[] {
  const windowSamples = Math.max(1, Math.round(windowSeconds * sampleRate));
  const hopSamples = hopSeconds * sampleRate;
  const count = 1 + Math.max(0, Math.ceil((sampleCount - windowSamples) / hopSamples));
  if (count > mostWindows)
    throw new EarshotError('TOO_MANY_WINDOWS', `${count} windows, the limit is ${mostWindows}`, { members: { limit: mostWindows } });
  return Array.from({ length: count }, (_, k) => {
    const begin = Math.min(Math.round(k * hopSamples), Math.max(0, sampleCount - 1));
    return {
      sampleRate,
      sampleCount: Math.min(windowSamples, sampleCount - begin),
      read: (start, target) => read(begin + start, target),
    };
  });
}
