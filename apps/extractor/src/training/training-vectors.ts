import type { ClipAugmentation, ProfileChoice } from '@earshot/contracts';
import { type ClaimedItem, Database, DerivedRepository } from '@earshot/database';
import type { Extraction } from '@earshot/features';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { ClipCalls, type ForJob } from '../clip-calls.js';
import { findKept } from '../derived/find-kept.js';
import { keepResults, type NewResult } from '../derived/new-results.js';
import { copySeed } from './copy-seed.js';

/** What a training or an evaluation reads later. */
export interface WantedVectors {
  profile: ProfileChoice;
  profileHash: string;
  /** Changed copies, each under a recipe of its own. */
  copies: { recipes: string[]; changes: ClipAugmentation; seed: number } | null;
}

interface Chunk extends ForJob {
  items: readonly ClaimedItem[];
  item(index: number, work: () => Promise<{ copies: number }>): Promise<void>;
}

/** Computes vectors of a chunk of clips and keeps them; those that are known already are not computed again. */
@Injectable()
export class TrainingVectors {
  constructor(
    private readonly calls: ClipCalls,
    private readonly database: Database,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  /** `hasCopies` says of which clips changed copies are wanted. */
  async keep(chunk: Chunk, wanted: WantedVectors, hasCopies: (index: number) => boolean): Promise<void> {
    const { workspaceId, items, item } = chunk;
    const derived = new DerivedRepository(this.database, workspaceId);
    const recipes = wanted.copies?.recipes ?? [];
    const kept = await findKept(items, [wanted.profileHash, ...recipes], { workspaceId, derived, store: this.store });
    const computed: NewResult[] = [];
    await Promise.all(
      items.map((clip) =>
        item(clip.index, async () => {
          const known = new Set(kept.flatMap(({ sha256, recipe }) => (sha256 === clip.sha256 ? [recipe] : [])));
          const ofClip = hasCopies(clip.index) ? recipes : [];
          const missing = [wanted.profileHash, ...ofClip].filter((recipe) => !known.has(recipe));
          computed.push(...(await this.compute(clip, wanted, missing, chunk)));
          return { copies: ofClip.length };
        }),
      ),
    );
    // Also when the task is aborted or tried again: its next attempt finds what this one has done.
    await keepResults(computed, workspaceId, derived, this.store);
  }

  private async compute(
    clip: ClaimedItem,
    { profile, profileHash, copies }: WantedVectors,
    missing: readonly string[],
    job: ForJob,
  ): Promise<NewResult[]> {
    if (missing.length === 0) return [];
    const results: NewResult[] = [];
    if (missing.includes(profileHash)) {
      const { sha256, output } = await this.calls.run('extract', { profiles: [profile] }, clip, job);
      const { extractions, ...facts } = output;
      results.push(...extractions.map((extraction) => resultOf(sha256, profileHash, extraction, facts)));
    }
    const ofCopies = missing.filter((recipe) => recipe !== profileHash);
    if (copies === null || ofCopies.length === 0) return results;
    const seeds = ofCopies.map((recipe) => copySeed(copies.seed, clip.sha256 ?? '', copies.recipes.indexOf(recipe)));
    const { sha256, output: made } = await this.calls.run('extractCopies', { profile, augmentation: copies.changes, seeds }, clip, job);
    return [...results, ...made.copies.map((extraction, i) => resultOf(sha256, ofCopies[i] ?? '', extraction, {}))];
  }
}

function resultOf(sha256: string, recipe: string, { shape, values }: Extraction, facts: object): NewResult {
  return { sha256, recipe, shape, facts, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
}
