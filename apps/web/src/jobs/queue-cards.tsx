import { PauseCircle, TriangleAlert } from 'lucide-react';
import type { Status } from '../api/status.js';
import { Badge } from '../ui/badge.js';
import { Card } from '../ui/card.js';
import { counted } from '../ui/counted.js';
import { look } from '../ui/look.js';
import { span } from './spans.js';

const queueNames: Record<Status['queues'][number]['queue'], { name: string; does: string }> = {
  extract: { name: 'Listening', does: 'measures, scores and explains clips' },
  train: { name: 'Training', does: 'trains and evaluates models' },
  index: { name: 'Indexing', does: 'keeps the index of the library' },
};

/** On a phone a line each: what is counted there, beside its name. */
const compact = 'flex flex-wrap items-center justify-between gap-x-4 px-4 py-3 sm:block sm:p-5';

/** What waits in each queue, for how long, and who works. */
export function QueueCards({ status: { queues, workers } }: { status: Status }) {
  const isNobodyThere = workers.live === 0;
  return (
    <div className="grid gap-3 sm:grid-cols-2 sm:gap-4 lg:grid-cols-4">
      {queues.map(({ queue, queued, running, oldestSeconds, paused, limitTasks }) => (
        <Card key={queue} className={compact}>
          <div className="flex items-start justify-between gap-2">
            <h3 className="font-semibold">{queueNames[queue].name}</h3>
            {paused && (
              <Badge tone="warn" icon={PauseCircle}>
                paused
              </Badge>
            )}
          </div>
          <p className="hidden text-note text-muted sm:block">
            {queueNames[queue].does}
            {limitTasks !== null && `, at most ${counted(limitTasks, 'task')} at once`}
          </p>
          <dl className="grid shrink-0 grid-cols-3 gap-2 sm:mt-4">
            <Figure name="waiting" value={capped(queued)} />
            <Figure name="running" value={capped(running)} />
            {oldestSeconds !== null && <Figure name="longest wait" value={span(1_000 * oldestSeconds)} />}
          </dl>
        </Card>
      ))}
      <Card className={compact}>
        <div className="flex items-start justify-between gap-2">
          <h3 className="font-semibold">Workers</h3>
          {isNobodyThere && (
            <Badge tone="bad" icon={TriangleAlert}>
              none
            </Badge>
          )}
        </div>
        <p className={look('text-note text-muted', !isNobodyThere && 'hidden sm:block')}>
          {isNobodyThere ? 'what is asked for waits until one is started' : 'seen within ten seconds'}
        </p>
        <dl className="grid shrink-0 grid-cols-3 gap-2 sm:mt-4">
          <Figure name="live" value={String(workers.live)} />
          <Figure name="ending" value={String(workers.ending)} />
        </dl>
      </Card>
    </div>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex min-w-16 flex-col-reverse justify-end">
      <dt className="text-note text-muted">{name}</dt>
      <dd className="whitespace-nowrap text-lead font-semibold tabular-nums">{value}</dd>
    </div>
  );
}

/** More than so many the server does not count. */
const countedAtMost = 100_000;
const number = new Intl.NumberFormat('en');
const capped = (count: number) => (count >= countedAtMost ? `${number.format(countedAtMost)}+` : number.format(count));
