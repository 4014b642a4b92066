import type { ReactNode } from 'react';
import { ErrorState } from '../ui/error-state.js';
import { FactList } from '../ui/fact-list.js';
import { Loading } from '../ui/loading.js';
import { type Description, useDescription } from './description.js';
import { decibels, seconds, significant } from './numbers.js';

/** What was measured without any model. */
export function MeasuredFacts({ clipId }: { clipId: string }) {
  const { data, error, refetch } = useDescription(clipId);
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading rows={3} />;
  return <Facts description={data} />;
}

function Facts({ description: d }: { description: Description }) {
  const rows: [string, ReactNode][] = [
    ['Length', seconds(d.durationSeconds)],
    ['Peak', `${significant(d.peak)} · ${decibels(d.peak)}`],
    ['Loudness (RMS)', `${significant(d.rms)} · ${decibels(d.rms)}`],
    ['Sample rate', `${d.sampleRate / 1_000} kHz`],
    ['Channels', d.channels],
    ['Silence before, after', `${seconds(d.leadingSilenceSeconds)}, ${seconds(d.trailingSilenceSeconds)}`],
    ['Format', `${d.format}, read by ${d.decoder}`],
  ];
  return <FactList rows={rows} />;
}
