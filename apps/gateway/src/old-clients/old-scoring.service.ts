import type { AudioFormat } from '@earshot/audio';
import { EarshotError, type ItemResource, isErrorCode, type JobInput, type Prediction, prediction, predictJob } from '@earshot/contracts';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ClipsService } from '../clips/clips.service.js';
import type { Answer } from '../requests/answer.js';
import type { BodyLimits } from '../uploads/limits.js';
import type { ReceivedForm } from '../uploads/receive-form.js';
import { OldTerms } from './old-terms.js';
import { OldWork } from './old-work.service.js';

/** What became of one file of a request. */
export type ScoredFile = { filename: string } & ({ result: Prediction } | { error: EarshotError });

/** The files in their order, or what is answered instead: that the job goes on, or why there is no result. */
export type Scored = { files: ScoredFile[]; seconds: number } | { instead: Answer };

interface OldForm {
  /** The field of the files. */
  field: 'file' | 'files';
  formats: ReadonlySet<AudioFormat>;
  limits: BodyLimits;
  input: JobInput<typeof predictJob>;
}

/** Scores files for the old systems' clients: as any other does it, through the queue, in terms that those clients know. */
@Injectable()
export class OldScoring {
  constructor(
    private readonly clips: ClipsService,
    private readonly work: OldWork,
    private readonly terms: OldTerms,
  ) {}

  async score(request: Request, { field, formats, limits, input }: OldForm): Promise<Scored> {
    const terms = this.terms.of(request);
    const form = await this.clips.receive(request, { fields: [], fileFields: [field], formats, isBadFileLeftOut: true }, limits);
    const startMs = performance.now();
    const items = form.files.length === 0 ? [] : await this.work.onFiles(predictJob, input, form.files, { request, terms });
    return Array.isArray(items) ? { files: inOrder(form, items), seconds: (performance.now() - startMs) / 1_000 } : items;
  }
}

/** Those that were not taken stand where they were sent. */
function inOrder({ files, refused }: ReceivedForm, items: readonly ItemResource[]): ScoredFile[] {
  const byIndex = new Map(refused.map(({ index, ...file }) => [index, file]));
  const taken = items.values();
  return Array.from({ length: files.length + refused.length }, (_, index) => byIndex.get(index) ?? scoredFile(taken.next().value));
}

function scoredFile(item: ItemResource | undefined): ScoredFile {
  const filename = item?.filename ?? '';
  if (item?.state === 'succeeded') return { filename, result: prediction.parse(item.result) };
  const { code, detail } = item?.error ?? { code: 'INTERNAL', detail: 'Nothing came of the file' };
  return { filename, error: new EarshotError(isErrorCode(code) ? code : 'INTERNAL', detail) };
}
