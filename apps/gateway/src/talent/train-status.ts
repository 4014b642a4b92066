import type { RunResource, runDetail, TalentTrainStatus } from '@earshot/contracts';
import type { z } from 'zod';

type Run = RunResource & Pick<z.output<typeof runDetail>, 'epochs'>;

/** What each stage is of the whole, in per cent: where it begins and ends. */
const spans: Record<string, readonly [number, number]> = {
  plan: [0, 2],
  features: [2, 30],
  fit: [30, 95],
  evaluate: [95, 98],
  register: [98, 100],
};

export function idle(): TalentTrainStatus {
  return {
    status: 'idle',
    progress: 0,
    epoch: 0,
    total_epochs: 0,
    current_loss: null,
    current_accuracy: null,
    message: 'Nothing has been trained yet',
    timestamp: new Date().toISOString(),
    training_id: null,
  };
}

/** A run as the old clients see it; `tasksDone` is the share of its tasks that are. */
export function trainStatus(run: Run, tasksDone: number): TalentTrainStatus {
  const status = statusOf(run);
  const figures = run.taskProgress?.figures ?? {};
  const last = run.epochs.at(-1);
  const epochs = Number(Object(run.decidedBy.settings)['epochs'] ?? 0);
  return {
    status,
    progress: status === 'completed' ? 100 : Math.round(progressOf(run, tasksDone) * 10) / 10,
    epoch: figures['epoch'] ?? run.epochs.length,
    total_epochs: epochs,
    current_loss: figures['trainingLoss'] ?? last?.trainingLoss ?? null,
    current_accuracy: figures['trainingAccuracy'] ?? last?.trainingAccuracy ?? null,
    message: messageOf(run, status),
    timestamp: new Date().toISOString(),
    training_id: run.id,
  };
}

function statusOf({ state }: Run): TalentTrainStatus['status'] {
  if (state === 'queued') return 'started';
  if (state === 'running') return 'training';
  return state === 'succeeded' ? 'completed' : 'failed';
}

/** Of training by its epochs, of the other stages by the tasks that are done. */
function progressOf({ stage, taskProgress }: Run, tasksDone: number): number {
  const [begin, end] = spans[stage ?? ''] ?? [0, 0];
  const share = stage === 'fit' ? (taskProgress === null ? 0 : taskProgress.step / Math.max(1, taskProgress.of)) : tasksDone;
  return begin + (end - begin) * Math.min(1, share);
}

function messageOf({ state, stage, error, result, version }: Run, status: TalentTrainStatus['status']): string {
  if (status === 'completed')
    return `Version ${version ?? '(deleted since)'} was trained in ${result?.epochs} epochs and answers from now on`;
  if (status === 'failed') return error === null ? `The training was ${state}` : `${error.code}: ${error.detail ?? error.title}`;
  return status === 'started' ? 'The training waits for its turn' : `The training is at its stage ${stage}`;
}
