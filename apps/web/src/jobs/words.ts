// What kinds, stages and states of jobs are called on the screens.
import { Ban, CircleCheck, CircleDashed, CircleX, LoaderCircle, type LucideIcon, TimerOff } from 'lucide-react';
import type { Job } from '../api/work.js';

export type Kind = Job['kind'];
export type JobState = Job['state'];

export const kindNames: Record<Kind, string> = {
  predict: 'Prediction',
  describe: 'Measurement',
  features: 'Features',
  'explain-sounds': 'Explanation',
  train: 'Training',
  evaluate: 'Evaluation',
  'check-dataset': 'Dataset check',
  'import-model': 'Model import',
  'search-samples': 'Sample search',
  'library-map': 'Library map',
  'find-anomalies': 'Anomaly search',
  'rebuild-index': 'Index rebuild',
};

export const stateNames: Record<JobState, { name: string; tone: 'plain' | 'accent' | 'good' | 'warn' | 'bad'; icon: LucideIcon }> = {
  queued: { name: 'waiting', tone: 'plain', icon: CircleDashed },
  running: { name: 'running', tone: 'accent', icon: LoaderCircle },
  succeeded: { name: 'done', tone: 'good', icon: CircleCheck },
  failed: { name: 'failed', tone: 'bad', icon: CircleX },
  cancelled: { name: 'cancelled', tone: 'plain', icon: Ban },
  expired: { name: 'too late', tone: 'warn', icon: TimerOff },
};

const stageNames: Record<NonNullable<Job['stage']>, string> = {
  'clips.describe': 'measuring clips',
  'clips.features': 'computing features',
  'clips.predict': 'scoring clips',
  'clips.measure': 'measuring clips',
  'clips.search': 'searching the library',
  'sounds.explain': 'explaining answers',
  'dataset.find-faults': 'looking for faults',
  'model.import': 'loading the model',
  plan: 'planning',
  features: 'computing features',
  fit: 'training',
  evaluate: 'evaluating',
  register: 'registering the version',
  measure: 'measuring the model',
  map: 'drawing the map',
  rank: 'ranking samples',
  embed: 'computing vectors',
  build: 'building the index',
  verify: 'verifying the index',
};

export function isKind(value: unknown): value is Kind {
  return typeof value === 'string' && Object.hasOwn(kindNames, value);
}

export function isJobState(value: unknown): value is JobState {
  return typeof value === 'string' && Object.hasOwn(stateNames, value);
}

/** What it does just now. */
export function stageOf({ stage }: Pick<Job, 'stage'>): string | null {
  return stage === null ? null : stageNames[stage];
}
