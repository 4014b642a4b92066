import { Ban, CircleCheck, CircleDashed, CircleX, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { Job } from '../api/work.js';
import { Badge } from '../ui/badge.js';

const looks: Record<Job['state'], { tone: ComponentProps<typeof Badge>['tone']; icon: LucideIcon }> = {
  queued: { tone: 'plain', icon: CircleDashed },
  running: { tone: 'accent', icon: LoaderCircle },
  succeeded: { tone: 'good', icon: CircleCheck },
  failed: { tone: 'bad', icon: CircleX },
  cancelled: { tone: 'plain', icon: Ban },
  expired: { tone: 'warn', icon: Hourglass },
};

/** In what state a job is: by its word, its sign and its colour. */
export function StateBadge({ state }: { state: Job['state'] }) {
  const { tone, icon } = looks[state];
  return (
    <Badge tone={tone} icon={icon}>
      {state}
    </Badge>
  );
}
