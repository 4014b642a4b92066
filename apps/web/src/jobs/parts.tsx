import { CircleCheck, CircleX, TimerOff } from 'lucide-react';
import type { Status } from '../api/status.js';
import { Badge } from '../ui/badge.js';

const checkNames: Record<string, string> = {
  postgres: 'Database (PostgreSQL)',
  'postgres-space': 'Free space in the database',
  storage: 'Storage of sounds',
  doorbell: 'Wake-up signal (Redis or PostgreSQL)',
  index: 'Index of the library (Chroma)',
  workers: 'Workers',
};

/** What is measured does not answer. */
const goodNames: Record<string, string> = { 'postgres-space': 'enough' };

const states = {
  ok: { tone: 'good', icon: CircleCheck },
  failed: { tone: 'bad', icon: CircleX },
  'timed out': { tone: 'warn', icon: TimerOff },
} as const;

/** Whether each part answers, and how soon. */
export function Parts({ status: { checks } }: { status: Status }) {
  return (
    <ul className="grid gap-x-8 sm:grid-cols-2">
      {checks.map(({ name, status, durationMs }) => (
        <li key={name} className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 border-b border-line py-2">
          <span className="font-medium">{checkNames[name] ?? name}</span>
          <span className="flex flex-wrap items-center gap-x-3">
            <span className="whitespace-nowrap text-note text-muted tabular-nums">{durationMs} ms</span>
            <Badge {...states[status]}>{status === 'ok' ? (goodNames[name] ?? 'answers') : status}</Badge>
          </span>
        </li>
      ))}
    </ul>
  );
}
