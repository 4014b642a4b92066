import { EarshotError, productionAlias, type RunResource, type TalentTrainStatus, talentRetrain, trainJob } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
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
import { termsOf } from '../work/terms.js';
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
    const goingOn = await this.unfinished();
    if (goingOn !== null) return started(goingOn, 'A training is going on already');
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
    const { jobId } = await this.work.onDataset(trainJob, input, termsOf(request, {}, null));
    return started(jobId, `Training has started (${asked.mode})`);
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

  private async unfinished(): Promise<string | null> {
    const pages = await Promise.all((['running', 'queued'] as const).map((state) => this.runs.page({ state, limit: 100 })));
    const isOurs = ({ decidedBy: { dataset, classifier } }: RunResource) => dataset === uploadsDataset && classifier === talentClassifier;
    return pages.flatMap(({ items }) => items).find(isOurs)?.id ?? null;
  }
}

function started(training_id: string, message: string) {
  return { status: 'started', message, training_id, timestamp: new Date().toISOString() };
}
