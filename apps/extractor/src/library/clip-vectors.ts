import { float32Of, type ProfileChoice } from '@earshot/contracts';
import { type ClaimedItem, Database, DerivedRepository } from '@earshot/database';
import { columnNames, getProfile } from '@earshot/features';
import { type BlobStore, readVector } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { ClipCalls, type ForJob } from '../clip-calls.js';
import { findKept } from '../derived/find-kept.js';
import { LaterResults } from '../derived/later-results.js';
import { keepResults, type NewResult } from '../derived/new-results.js';

interface Wanted {
  /** For whom. */
  job: ForJob;
  clips: readonly ClaimedItem[];
  profile: string;
  /** Nobody relies on what is computed being kept. */
  isKeptLater: boolean;
}

/** The vectors of clips by one profile: those that are kept, and those that are computed now and kept. */
@Injectable()
export class ClipVectors {
  constructor(
    private readonly calls: ClipCalls,
    private readonly database: Database,
    private readonly later: LaterResults,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  /** Lends how to get the vector of one of the clips while `use` runs, and keeps afterwards what was computed. */
  async lend(
    { job, clips, profile, isKeptLater }: Wanted,
    use: (vectorOf: (clip: ClaimedItem) => Promise<Float32Array>) => Promise<unknown>,
  ): Promise<void> {
    const { workspaceId } = job;
    const derived = new DerivedRepository(this.database, workspaceId);
    const known = getProfile(profile);
    const columns = columnNames(known).length;
    const kept = await findKept(clips, [known.hash], { workspaceId, derived, store: this.store });
    const computed: NewResult[] = [];
    await use(async (clip) => {
      const before = kept.find(({ sha256 }) => sha256 === clip.sha256);
      const values = before === undefined ? null : await readVector(this.store, workspaceId, before.place, columns);
      if (values !== null) return values;
      if (before !== undefined) await derived.discardDamaged([before]);
      const result = await this.compute(clip, profile, job);
      computed.push(result);
      return float32Of(result.bytes);
    });
    if (isKeptLater) await this.later.keep(computed, workspaceId);
    // Also when the task is aborted or tried again: its next attempt finds what this one has done.
    else await keepResults(computed, workspaceId, derived, this.store);
  }

  private async compute(clip: ClaimedItem, profile: ProfileChoice, job: ForJob): Promise<NewResult> {
    const { sha256, output } = await this.calls.run('extract', { profiles: [profile] }, clip, job);
    const { extractions, ...facts } = output;
    const [extraction] = extractions;
    if (extraction === undefined) throw new Error(`No vector of ${profile} came back`);
    const { hash, shape, values } = extraction;
    return { sha256, recipe: hash, shape, facts, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
  }
}
