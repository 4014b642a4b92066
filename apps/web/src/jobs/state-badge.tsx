import { Badge } from '../ui/badge.js';
import { type JobState, stateNames } from './words.js';

export function StateBadge({ state }: { state: JobState }) {
  const { name, tone, icon } = stateNames[state];
  return (
    <Badge tone={tone} icon={icon}>
      {name}
    </Badge>
  );
}
