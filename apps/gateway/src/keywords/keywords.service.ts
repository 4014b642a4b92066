import { EarshotError, type KeywordBatch, type KeywordPrediction, productionAlias } from '@earshot/contracts';
import { type OldAnswerCount, quantileSeconds, type Workspace } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { OldClientSettings } from '../old-clients/old-client-settings.js';
import { findOldModel, measuredOf, oldModel } from '../old-clients/old-model.js';
import { OldScoring, type ScoredFile } from '../old-clients/old-scoring.service.js';
import type { Answer } from '../requests/answer.js';
import { BODY_LIMITS, OLD_CLIENT_SETTINGS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { checkedLength, fourDecimals, keywordAnswer, modelChoice, versionName, windowSeconds } from './keyword-answers.js';
import { parameterCount } from './parameter-count.js';

const classifier = 'keywords';
const system = 'keywords';
const formats = new Set(['wav', 'mp3', 'flac'] as const);
const maxFileBytes = 10_000_000;

/** What the old keyword system did, done by the classifier `keywords`. */
@Injectable()
export class KeywordsService {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    @Inject(OLD_CLIENT_SETTINGS) private readonly settings: Pick<OldClientSettings, 'MODEL_VERSION'>,
    private readonly scoring: OldScoring,
  ) {}

  /** The keyword of the one file of a request; what is wrong with that is thrown. */
  async single(request: Request): Promise<{ filename: string; heard: KeywordPrediction } | { instead: Answer }> {
    const scored = await this.score(request, 'file');
    if ('instead' in scored) return scored;
    const [file, more] = scored.files;
    if (file === undefined || more !== undefined)
      throw new EarshotError('REQUEST_INVALID', `One file is taken here, not ${scored.files.length}; /api/batch-predict takes several`);
    if ('error' in file) throw file.error;
    return { filename: file.filename, heard: keywordAnswer(file.result, scored.seconds) };
  }

  async batch(request: Request): Promise<KeywordBatch | { instead: Answer }> {
    const scored = await this.score(request, 'files');
    if ('instead' in scored) return scored;
    const { files, seconds } = scored;
    const results = files.map((file) =>
      'error' in file
        ? { filename: file.filename, error: file.error.detail, code: file.error.code }
        : { filename: file.filename, ...keywordAnswer(file.result, seconds) },
    );
    const failed = files.filter((file) => 'error' in file).length;
    return { results, total: files.length, successful: files.length - failed, failed };
  }

  async health() {
    const [model, { total_predictions, avg_processing_time, uptime_seconds }] = await Promise.all([this.findModel(), this.metrics()]);
    const status = model === null ? 'degraded' : 'healthy';
    return { status, uptime_seconds, model_available: model !== null, total_predictions, avg_processing_time };
  }

  async metrics() {
    const { told, failed } = await this.workspace.oldAnswers.read(system);
    const total = sumOf(told, ({ answers }) => answers);
    const asked = total + failed;
    return {
      total_predictions: total,
      avg_processing_time: total === 0 ? 0 : fourDecimals(sumOf(told, ({ seconds }) => seconds) / total),
      p95_processing_time: fourDecimals(quantileSeconds(told, 0.95)),
      error_rate: asked === 0 ? 0 : failed / asked,
      uptime_seconds: Math.round(process.uptime()),
      memory_mb: Math.round(process.memoryUsage.rss() / 100_000) / 10,
      predictions_by_keyword: countsBy(told, ({ label }) => label),
      predictions_by_version: countsBy(told, ({ version }) => versionName(version)),
    };
  }

  async modelInfo() {
    const model = await oldModel(this.workspace, classifier, this.choice);
    return {
      model_version: versionName(model.number),
      keywords: model.labels,
      architecture: model.recipe,
      parameters: await parameterCount(this.store, { workspaceId: this.workspace.id, sha256: model.artifact.sha256 }),
      accuracy: measuredOf(model)?.accuracy ?? null,
      trained_at: model.createdAt.toISOString(),
    };
  }

  private get choice() {
    return modelChoice(this.settings.MODEL_VERSION ?? productionAlias);
  }

  private findModel() {
    return findOldModel(this.workspace, classifier, this.choice);
  }

  private async score(request: Request, field: 'file' | 'files') {
    const input = { classifier, ...this.choiceOfJob, topK: 1, allScores: false, windowSeconds };
    const limits = { ...this.limits, maxFileBytes: Math.min(maxFileBytes, this.limits.maxFileBytes) };
    const scored = await this.scoring.score(request, { field, formats, limits, input });
    if ('instead' in scored) return scored;
    const files = scored.files.map(checkedLength);
    await Promise.all(files.map((file) => this.count(file, scored.seconds)));
    return { files, seconds: scored.seconds };
  }

  /** Without `MODEL_VERSION` the classifier's traffic decides, as for everybody. */
  private get choiceOfJob() {
    return this.settings.MODEL_VERSION === undefined ? {} : this.choice;
  }

  private count(file: ScoredFile, seconds: number): Promise<void> {
    const told = 'error' in file ? null : { version: file.result.model.version, label: keywordAnswer(file.result, seconds).keyword };
    return this.workspace.oldAnswers.count({ system, told, seconds });
  }
}

function sumOf(counts: readonly OldAnswerCount[], of: (count: OldAnswerCount) => number): number {
  return counts.reduce((sum, count) => sum + of(count), 0);
}

function countsBy(counts: readonly OldAnswerCount[], nameOf: (count: OldAnswerCount) => string): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(counts, nameOf)].map(([name, same]) => [name, sumOf(same, ({ answers }) => answers)]));
}
