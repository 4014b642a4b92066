import {
  EarshotError,
  type JobInput,
  type JobState,
  productionAlias,
  type TalentTrainStatus,
  talentRetrain,
  trainJob,
} from '@earshot/contracts';
import type { JobRow, KeyScope, Workspace } from '@earshot/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { OldClientSettings } from '../old-clients/old-client-settings.js';
import { hasBody } from '../requests/content-type.js';
import { jsonBody } from '../requests/json-body.js';
import { parse } from '../requests/parse.js';
import { jobIdOf } from '../requests/path-id.js';
import { RunsService } from '../runs/runs.service.js';
import { BODY_LIMITS, OLD_CLIENT_SETTINGS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { Kinds } from '../work/kinds.js';
import { type Terms, termsOf } from '../work/terms.js';
import { WorkService } from '../work/work.service.js';
import { TalentModel, talentClassifier } from './talent-model.service.js';
import { uploadsDataset } from './talent-uploads.service.js';
import { idle, trainStatus } from './train-status.js';

type Settings = Pick<OldClientSettings, 'RETRAIN_MIN_SAMPLES' | 'TRAINING_EPOCHS' | 'TRAINING_BATCH_SIZE' | 'TRAINING_TEST_SPLIT'>;

/** Retraining on what was uploaded: a run like any other, whose version takes over at once. */
@Injectable()
export class TalentTraining {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    @Inject(OLD_CLIENT_SETTINGS) private readonly settings: Settings,
    private readonly model: TalentModel,
    private readonly runs: RunsService,
    private readonly work: WorkService,
    private readonly kinds: Kinds,
  ) {}

  /** While one goes on it is what is answered: the old clients poll one training, and two would race for who takes over last. */
  async retrain(request: Request) {
    const asked = parse(talentRetrain, hasBody(request) ? await jsonBody(request, this.limits.maxJsonBytes) : {});
    await this.checkSamples();
    const before = await this.newest();
    const goingOn = await this.unfinished();
    if (goingOn !== null) return started(goingOn, isGoingOn);
    const quick = asked.mode === 'quick' ? { from: (await this.model.get()).number } : {};
    const input = parse(trainJob.input, {
      dataset: uploadsDataset,
      classifier: talentClassifier,
      settings: { epochs: asked.epochs ?? this.settings.TRAINING_EPOCHS, batchSize: asked.batch_size ?? this.settings.TRAINING_BATCH_SIZE },
      testShare: this.settings.TRAINING_TEST_SPLIT,
      compareSplits: false,
      augmentation: {},
      promote: productionAlias,
      ...quick,
    });
    this.kinds.rulesOf(trainJob)?.check?.(input);
    return this.start(input, { ...termsOf(request, {}, null), key: turnAfter(before) });
  }

  /** Of requests that arrive at once, on however many gateways, the key of their turn lets one start; the others are answered its training. */
  private async start(input: JobInput<typeof trainJob>, terms: Terms) {
    try {
      const { jobId, isReplayed } = await this.work.onDataset(trainJob, input, terms);
      return started(jobId, isReplayed ? isGoingOn : 'Training has started');
    } catch (error) {
      if (!(error instanceof EarshotError && error.code === 'IDEMPOTENCY_MISMATCH')) throw error;
      const other = await this.newest(); // it had other options
      if (other === null) throw error;
      return started(other, isGoingOn);
    }
  }

  /** Of one training, or of the newest. */
  async status(id?: string): Promise<TalentTrainStatus> {
    const newest = id === undefined ? (await this.runs.page({ limit: 1 })).items[0]?.id : jobIdOf(id);
    if (newest === undefined) return idle();
    const run = await this.runs.detail(newest);
    const { tasks, tasksRemaining } = await this.workspace.jobs.get(newest);
    return trainStatus(run, tasks === 0 ? 0 : (tasks - tasksRemaining) / tasks);
  }

  private async checkSamples(): Promise<void> {
    const dataset = await this.workspace.datasets.find(uploadsDataset);
    const labels = dataset === null ? [] : await this.workspace.datasets.labels(uploadsDataset);
    const samples = labels.reduce((sum, { label, clips }) => (label === null ? sum : sum + clips), 0);
    const { RETRAIN_MIN_SAMPLES: least } = this.settings;
    if (samples < least)
      throw new EarshotError('DATASET_TOO_SMALL', `${samples} labelled files are uploaded; at least ${least} are needed to retrain`);
  }

  /** What is queued is asked for first: what moves on meanwhile is running then. */
  private async unfinished(): Promise<string | null> {
    return (await this.newest('queued')) ?? (await this.newest('running'));
  }

  private async newest(state?: JobState): Promise<string | null> {
    for (let before: string | null = null; ; ) {
      const rows: JobRow[] = await this.workspace.jobs.page({ kind: trainJob.kind, state }, before, runsPerPage);
      const found = rows.find(isOurs);
      if (found !== undefined) return found.id;
      before = rows.at(-1)?.id ?? null;
      if (before === null) return null;
    }
  }
}

const isGoingOn = 'A training is going on already';
const runsPerPage = 100;

function isOurs({ input }: JobRow): boolean {
  const { dataset, classifier } = Object(input);
  return dataset === uploadsDataset && classifier === talentClassifier;
}

/** Taken once: whoever asks after the same training asks for the same one. */
function turnAfter(training: string | null): KeyScope {
  return { holder: talentClassifier, method: 'POST', path: '/api/v1/retrain', key: `after ${training ?? 'none'}` };
}

function started(training_id: string, message: string) {
  return { status: 'started', message, training_id, timestamp: new Date().toISOString() };
}
