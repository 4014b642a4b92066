import { CircleAlert } from 'lucide-react';
import { Badge } from '../ui/badge.js';
import { type JobState, stateNames } from './words.js';

interface Props {
  state: JobState;
  /** So many of its items failed, though the job itself came to its end. */
  failed?: number;
}

export function StateBadge({ state, failed = 0 }: Props) {
  const { name, tone, icon } = stateNames[state];
  const isPartly = state === 'succeeded' && failed > 0;
  return (
    <Badge tone={isPartly ? 'warn' : tone} icon={isPartly ? CircleAlert : icon}>
      {isPartly ? `${name}, ${failed} failed` : name}
    </Badge>
  );
}
