import type { Job } from '../api/work.js';
import { significant } from '../sound/numbers.js';
import { counted } from '../ui/counted.js';
import { ProgressCount } from '../ui/progress-count.js';
import { stageOf } from './words.js';

/** How far a job is: counted items or tasks, what is done just now, and what a long task last said. */
export function JobProgress({ job }: { job: Job }) {
  const { progress, counts, state, queuePosition, taskProgress } = job;
  const isOver = job.finishedAt !== null;
  const stage = stageOf(job);
  return (
    <div className="space-y-2">
      {progress.unit === 'items' ? (
        <ProgressCount
          isOver={isOver}
          done={counts.succeeded}
          failed={counts.failed}
          total={counts.total}
          noun={counts.total === 1 ? 'item' : 'items'}
        />
      ) : (
        <ProgressCount isOver={isOver} done={progress.done} total={progress.total} noun={progress.total === 1 ? 'task' : 'tasks'} />
      )}
      {state === 'queued' && queuePosition !== null && (
        <p className="text-note text-muted">{queuePosition === 0 ? 'It is next.' : `${counted(queuePosition, 'task')} before it.`}</p>
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
