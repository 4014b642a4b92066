import type { ReactNode } from 'react';
import { FactList } from '../ui/fact-list.js';
import type { Description } from './description.js';
import { decibels, seconds, significant } from './numbers.js';

/** What was measured without any model. */
export function Facts({ description: d }: { description: Description }) {
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
