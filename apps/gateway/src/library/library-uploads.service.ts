import { createHash } from 'node:crypto';
import { canonicalJson, featuresJob, type SampleLine } from '@earshot/contracts';
import { type AcceptRequest, type NewItem, pagesOf, type Workspace } from '@earshot/database';
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
    const write = (accepted: AcceptRequest) => this.workspace.samples.upload(accepted, said);
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
}
