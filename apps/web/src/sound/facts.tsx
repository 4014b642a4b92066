import type { ReactNode } from 'react';
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
  return (
    <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
      {rows.map(([name, value]) => (
        <div key={name} className="flex items-baseline justify-between gap-4 border-b border-line pb-2">
          <dt className="text-muted">{name}</dt>
          <dd className="wrap-anywhere text-right font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
