import type { Job } from '../api/work.js';
import { significant } from '../sound/numbers.js';
import { ProgressCount } from '../ui/progress-count.js';
import { stageOf } from './words.js';

/** How far a job is: counted items or tasks, what is done just now, and what a long task last said. */
export function JobProgress({ job }: { job: Job }) {
  const { progress, counts, state, queuePosition, taskProgress } = job;
  const stage = stageOf(job);
  return (
    <div className="space-y-2">
      {progress.unit === 'items' ? (
        <ProgressCount done={counts.succeeded} failed={counts.failed} total={counts.total} noun="items" />
      ) : (
        <ProgressCount done={progress.done} total={progress.total} noun="tasks" />
      )}
      {state === 'queued' && queuePosition !== null && (
        <p className="text-note text-muted">{queuePosition === 0 ? 'It is next.' : `${queuePosition} tasks before it.`}</p>
      )}
      {state === 'running' && stage !== null && (
        <p className="text-note text-muted">
          Now: {stage}
          {taskProgress !== null && (
            <span className="tabular-nums">
              , step {taskProgress.step} of {taskProgress.of}
              {Object.entries(taskProgress.figures).map(([name, value]) => `, ${name} ${significant(value)}`)}
            </span>
          )}
        </p>
      )}
    </div>
  );
}
