import { EarshotError, type Prediction, type TalentBatch, type TalentPrediction } from '@earshot/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { OldClientSettings } from '../old-clients/old-client-settings.js';
import { OldScoring, type ScoredFile } from '../old-clients/old-scoring.service.js';
import type { Answer } from '../requests/answer.js';
import { BODY_LIMITS, OLD_CLIENT_SETTINGS } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { talentClassifier } from './talent-model.service.js';

type Settings = Pick<OldClientSettings, 'ALLOWED_AUDIO_FORMATS' | 'MAX_UPLOAD_SIZE' | 'MODEL_CONFIDENCE_THRESHOLD'>;

/** Predictions as the old talent system gave them. */
@Injectable()
export class TalentPredictions {
  constructor(
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    @Inject(OLD_CLIENT_SETTINGS) private readonly settings: Settings,
    private readonly scoring: OldScoring,
  ) {}

  async single(request: Request): Promise<TalentPrediction | { instead: Answer }> {
    const scored = await this.score(request, 'file');
    if ('instead' in scored) return scored;
    const [file, more] = scored.files;
    if (file === undefined || more !== undefined)
      throw new EarshotError('REQUEST_INVALID', `One file is taken here, not ${scored.files.length}; …/batch takes several`);
    if ('error' in file) throw file.error;
    return this.answerOf(file.filename, file.result);
  }

  async batch(request: Request): Promise<TalentBatch | { instead: Answer }> {
    const scored = await this.score(request, 'files');
    if ('instead' in scored) return scored;
    const { files } = scored;
    const results = files.flatMap((file) => ('error' in file ? [] : [this.answerOf(file.filename, file.result)]));
    const errors = files.flatMap((file, index) => ('error' in file ? [errorOf(file, index)] : []));
    const counts = { total: files.length, successful: results.length, failed: errors.length };
    return { ...counts, results, predictions: results, errors, timestamp: new Date().toISOString() };
  }

  private score(request: Request, field: 'file' | 'files') {
    const { ALLOWED_AUDIO_FORMATS: formats, MAX_UPLOAD_SIZE } = this.settings;
    const limits = { ...this.limits, maxFileBytes: Math.min(MAX_UPLOAD_SIZE, this.limits.maxFileBytes) };
    return this.scoring.score(request, { field, formats, limits, input: { classifier: talentClassifier, topK: 2, allScores: true } });
  }

  /** The old threshold decides, of two labels and no third. */
  private answerOf(filename: string, { scores }: Prediction): TalentPrediction {
    const [good, bad] = ['good', 'bad'].map((name) => scores.find(({ label }) => label === name)?.score);
    if (good === undefined || bad === undefined)
      throw new EarshotError('MODEL_INVALID', `The model of ${talentClassifier} does not tell good from bad`);
    const label = good >= this.settings.MODEL_CONFIDENCE_THRESHOLD ? 'good' : 'bad';
    const confidence = label === 'good' ? good : bad;
    const timestamp = new Date().toISOString();
    return { filename, label, prediction: label, confidence, probability_good: good, probability_bad: bad, timestamp };
  }
}

export function errorOf({ filename, error }: Extract<ScoredFile, { error: EarshotError }>, index: number) {
  return { index, filename, code: error.code, message: error.detail };
}
