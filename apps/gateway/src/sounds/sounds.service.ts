import { EarshotError, explainSoundsJob, type ItemResource, isErrorCode, type SoundInference, soundExplanation } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ClipsService } from '../clips/clips.service.js';
import { OldTerms } from '../old-clients/old-terms.js';
import { OldWork } from '../old-clients/old-work.service.js';
import type { Answer } from '../requests/answer.js';
import { contentTypeOf } from '../requests/content-type.js';
import { jsonBody } from '../requests/json-body.js';
import { BODY_LIMITS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { checkAudio, type ReceivedFile } from '../uploads/receive-form.js';
import { bytesOfBody } from './base64-file.js';
import { soundInferenceOf } from './sound-answers.js';

const classifier = 'sounds';
const maxFileBytes = 10_000_000;
/** Four letters for three bytes, line breaks, and what is around them. */
const maxJsonBytes = Math.ceil(1.4 * maxFileBytes) + 1_000;

/** What the old system of environmental sounds did, done by the classifier `sounds`. */
@Injectable()
export class SoundsService {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    private readonly clips: ClipsService,
    private readonly work: OldWork,
    private readonly terms: OldTerms,
  ) {}

  /** Explains the one file of a request: of a form, or as base64 in JSON. */
  async explain(request: Request): Promise<{ explained: SoundInference } | { instead: Answer }> {
    const terms = this.terms.of(request);
    const file = await this.fileOf(request);
    const items = await this.work.onFiles(explainSoundsJob, { classifier, topK: 3 }, [file], { request, terms });
    return Array.isArray(items) ? { explained: explainedIn(items) } : items;
  }

  private async fileOf(request: Request): Promise<ReceivedFile> {
    const limits = { ...this.limits, maxFileBytes: Math.min(maxFileBytes, this.limits.maxFileBytes) };
    if (contentTypeOf(request, ['application/json', 'multipart/form-data']) === 'application/json') {
      const bytes = bytesOfBody(await jsonBody(request, maxJsonBytes), limits.maxFileBytes);
      checkAudio(bytes);
      return { filename: 'audio_data', ...(await this.store.put(this.workspace.id, bytes)) };
    }
    const { files } = await this.clips.receive(request, { fields: [] }, limits);
    const [file, more] = files;
    if (file === undefined || more !== undefined) throw new EarshotError('REQUEST_INVALID', `One file is taken here, not ${files.length}`);
    return file;
  }
}

function explainedIn([item]: readonly ItemResource[]): SoundInference {
  if (item?.state === 'succeeded') return soundInferenceOf(soundExplanation.parse(item.result));
  const { code, detail } = item?.error ?? { code: 'INTERNAL', detail: 'Nothing came of the file' };
  throw new EarshotError(isErrorCode(code) ? code : 'INTERNAL', detail);
}
