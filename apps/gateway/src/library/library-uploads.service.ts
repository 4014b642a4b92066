import { createHash } from 'node:crypto';
import { canonicalJson, EarshotError, featuresJob, type SampleLine } from '@earshot/contracts';
import { type Acceptance, type AcceptRequest, type NewItem, pagesOf, type SampleChange, type Workspace } from '@earshot/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ClipsService } from '../clips/clips.service.js';
import { withApplied } from '../datasets/entries-of-lines.js';
import { fingerprintOf } from '../idempotency/fingerprint.js';
import { WORKSPACE } from '../tokens.js';
import type { Terms } from '../work/terms.js';
import { type WorkOutcome, WorkService } from '../work/work.service.js';
import { libraryProfiles } from './library-profiles.js';
import { changeOf, saidOfSamples, sampleFieldNames } from './sample-changes.js';

const linesPerPage = 1_000;
const mostAttempts = 5;

/** Takes samples into the library; the job that computes their vectors is the answer. */
@Injectable()
export class LibraryUploads {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly clips: ClipsService,
    private readonly work: WorkService,
  ) {}

  /** Files: clips, samples, job and idempotency key, all of it or nothing. A file whose bytes are in the library is that sample. */
  async files(request: Request, terms: Terms): Promise<WorkOutcome> {
    const { files, fields } = await this.clips.receive(request, { fields: sampleFieldNames });
    const said = saidOfSamples(fields, files.length);
    const write = (accepted: AcceptRequest) => this.write(accepted, said);
    return this.work.onFiles(featuresJob, { profiles: libraryProfiles }, files, terms, {}, { said, write });
  }

  /** Stored clips. */
  listed(lines: SampleLine[], terms: Terms): Promise<WorkOutcome> {
    return this.onClips(this.put(lines), lines.length, () => fingerprintOf(lines), terms);
  }

  /** Stored clips in any number: they are in the library page by page as they come, so that memory does not grow with them. */
  lines(lines: AsyncIterable<SampleLine>, terms: Terms): Promise<WorkOutcome> {
    const hash = createHash('sha256');
    let fingerprint: string | undefined;
    const items = this.put(lines, (line) => hash.update(canonicalJson(line)).update('\n'));
    return this.onClips(items, null, () => (fingerprint ??= hash.digest('hex')), terms);
  }

  private onClips(items: AsyncIterable<NewItem>, count: number | null, fingerprint: () => string, terms: Terms): Promise<WorkOutcome> {
    return this.work.onClips(featuresJob, { profiles: libraryProfiles }, { items, metadata: {}, count, fingerprint }, terms);
  }

  /** The samples that the lines say, as items of the job once they are in the library. */
  private async *put(lines: Iterable<SampleLine> | AsyncIterable<SampleLine>, read?: (line: SampleLine) => void): AsyncGenerator<NewItem> {
    let applied = 0;
    try {
      for await (const page of pagesOf(lines, linesPerPage)) {
        for (const line of page) read?.(line);
        await this.workspace.samples.put(page.map(({ clipId, ...said }) => ({ clipId, ...changeOf(said) })));
        applied += page.length;
        for (const { clipId } of page) yield { clipId, customId: null };
      }
    } catch (error) {
      throw withApplied(error, applied);
    }
  }

  private async write(request: AcceptRequest, said: readonly Omit<SampleChange, 'clipId'>[]): Promise<Acceptance> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.writeOnce(request, said);
      } catch (error) {
        // Not one that the request names: a sample with the same bytes was deleted since it was looked up.
        if (!(error instanceof EarshotError && error.code === 'CLIP_NOT_FOUND') || attempt === mostAttempts) throw error;
      }
    }
  }

  private async writeOnce(request: AcceptRequest, said: readonly Omit<SampleChange, 'clipId'>[]): Promise<Acceptance> {
    const byBytes = await this.workspace.samples.ofBytes(request.clips.map(({ sha256 }) => sha256));
    const clipIds = request.clips.map(({ id, sha256 }) => {
      const first = byBytes.get(sha256) ?? id;
      byBytes.set(sha256, first);
      return first;
    });
    const taken = await this.workspace.samples.upload({
      ...request,
      clips: request.clips.filter(({ id }, i) => clipIds[i] === id),
      job: request.job && { ...request.job, items: clipIds.map((clipId) => ({ clipId, customId: null })) },
      changes: clipIds.map((clipId, i) => ({ clipId, ...said[i] })),
    });
    return taken === null ? { accepted: false, tasks: [] } : { accepted: true, tasks: taken.tasks };
  }
}
