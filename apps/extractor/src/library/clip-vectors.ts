import type { ProfileChoice } from '@earshot/contracts';
import { type ClaimedItem, Database, type Derived, DerivedRepository } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { Sandbox } from '@earshot/sandbox';
import { type BlobStore, readPart } from '@earshot/storage';
import { blobStore } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { ClipFiles } from '../clip-files.js';
import { findKept } from '../derived/find-kept.js';
import { LaterResults } from '../derived/later-results.js';
import { keepResults, type NewResult } from '../derived/new-results.js';

interface Wanted {
  workspaceId: string;
  clips: readonly ClaimedItem[];
  profile: string;
  signal: AbortSignal;
  /** Nobody relies on what is computed being kept. */
  isKeptLater: boolean;
}

/** The vectors of clips by one profile: those that are kept, and those that are computed now and kept. */
@Injectable()
export class ClipVectors {
  constructor(
    private readonly files: ClipFiles,
    private readonly sandbox: Sandbox,
    private readonly database: Database,
    private readonly later: LaterResults,
    @Inject(blobStore) private readonly store: BlobStore,
  ) {}

  /** Lends how to get the vector of one of the clips while `use` runs, and keeps afterwards what was computed. */
  async lend(
    { workspaceId, clips, profile, signal, isKeptLater }: Wanted,
    use: (vectorOf: (clip: ClaimedItem) => Promise<Float32Array>) => Promise<unknown>,
  ): Promise<void> {
    const derived = new DerivedRepository(this.database, workspaceId);
    const { hash } = getProfile(profile);
    const kept = await findKept(clips, [hash], { workspaceId, derived, store: this.store });
    const computed: NewResult[] = [];
    await use(async (clip) => {
      const known = kept.find(({ sha256 }) => sha256 === clip.sha256);
      if (known !== undefined) return floats(await this.bytesOf(workspaceId, known));
      const result = await this.compute(workspaceId, clip, profile, signal);
      computed.push(result);
      return floats(result.bytes);
    });
    if (isKeptLater) await this.later.keep(computed, workspaceId);
    // Also when the task is aborted or tried again: its next attempt finds what this one has done.
    else await keepResults(computed, workspaceId, derived, this.store);
  }

  private async compute(workspaceId: string, clip: ClaimedItem, profile: ProfileChoice, signal: AbortSignal): Promise<NewResult> {
    return this.files.lend(workspaceId, clip, async (file, sha256) => {
      const { extractions, ...facts } = await this.sandbox.run('extract', { ...file, profiles: [profile] }, { signal });
      const [extraction] = extractions;
      if (extraction === undefined) throw new Error(`No vector of ${profile} came back`);
      const { hash, shape, values } = extraction;
      return { sha256, recipe: hash, shape, facts, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
    });
  }

  private bytesOf(workspaceId: string, { place }: Derived): Promise<Uint8Array> | Uint8Array {
    if ('bytes' in place) return place.bytes;
    return readPart(this.store, { workspaceId, sha256: place.pack }, { start: place.start, end: place.start + place.length - 1 });
  }
}

function floats(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer); // a copy: a view of floats must begin at a multiple of four
}
