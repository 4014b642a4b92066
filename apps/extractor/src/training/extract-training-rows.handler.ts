import { copyRecipes, EarshotError, extractTrainingRows, planTraining, type TaskInput, type TrainPlan } from '@earshot/contracts';
import { type ClaimedItem, Database, DerivedRepository } from '@earshot/database';
import type { Extraction } from '@earshot/features';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Sandbox } from '@earshot/sandbox';
import type { BlobStore } from '@earshot/storage';
import { Inject, Injectable } from '@nestjs/common';
import { ClipFiles } from '../clip-files.js';
import { findKept } from '../derived/find-kept.js';
import { keepResults, type NewResult } from '../derived/new-results.js';
import { blobStore } from '../tokens.js';
import { copySeed } from './copy-seed.js';

type Input = TaskInput<typeof extractTrainingRows>;

/** What is still to be computed of a clip. */
interface Missing {
  isClip: boolean;
  /** Numbers of copies. */
  copies: number[];
}

@Injectable()
@Handles(extractTrainingRows)
export class ExtractTrainingRowsHandler implements TaskHandler<typeof extractTrainingRows> {
  constructor(
    private readonly clips: ClipFiles,
    private readonly sandbox: Sandbox,
    private readonly database: Database,
    @Inject(blobStore) private readonly store: BlobStore,
  ) {}

  async run(input: Input, context: TaskContext<typeof extractTrainingRows>): Promise<void> {
    const { workspaceId, items, item, signal } = context;
    const [plan] = await context.outputs(planTraining);
    if (plan === undefined) throw new EarshotError('INTERNAL', 'A run without a plan');
    const ofCopies = copyRecipes(input);
    const derived = new DerivedRepository(this.database, workspaceId);
    const kept = await findKept(
      items.flatMap(({ sha256 }) => sha256 ?? []),
      [input.profileHash, ...ofCopies],
      { workspaceId, derived, store: this.store },
    );
    const computed: NewResult[] = [];
    await Promise.all(
      items.map((clip) =>
        item(clip.index, async () => {
          const known = new Set(kept.flatMap(({ sha256, recipe }) => (sha256 === clip.sha256 ? [recipe] : [])));
          const recipes = trains(plan, clip.index) ? ofCopies : [];
          const copies = recipes.flatMap((recipe, copy) => (known.has(recipe) ? [] : [copy]));
          const missing = { isClip: !known.has(input.profileHash), copies };
          computed.push(...(await this.compute(input, workspaceId, clip, missing, signal)));
          return { copies: recipes.length };
        }),
      ),
    );
    await keepResults(computed, workspaceId, derived, this.store);
  }

  private async compute(
    input: Input,
    workspaceId: string,
    clip: ClaimedItem,
    { isClip, copies }: Missing,
    signal: AbortSignal,
  ): Promise<NewResult[]> {
    if (!isClip && copies.length === 0) return [];
    const { profile, augmentation, seed } = input;
    const recipes = copyRecipes(input);
    return this.clips.lend(workspaceId, clip, async (file, sha256) => {
      const results: NewResult[] = [];
      if (isClip) {
        const { extractions, ...facts } = await this.sandbox.run('extract', { ...file, profiles: [profile] }, { signal });
        results.push(...extractions.map((extraction) => resultOf(sha256, extraction.hash, extraction, facts)));
      }
      if (copies.length > 0 && augmentation !== null) {
        const seeds = copies.map((copy) => copySeed(seed, sha256, copy));
        const made = await this.sandbox.run('extractCopies', { ...file, profile, augmentation, seeds }, { signal });
        results.push(...made.copies.map((extraction, i) => resultOf(sha256, recipes[copies[i] ?? -1] ?? '', extraction, {})));
      }
      return results;
    });
  }
}

/** Whether the clip is in the training part of one of the splits. */
function trains({ parts, otherParts }: TrainPlan, index: number): boolean {
  return parts.charAt(index) === 't' || otherParts?.charAt(index) === 't';
}

function resultOf(sha256: string, recipe: string, { shape, values }: Extraction, facts: object): NewResult {
  return { sha256, recipe, shape, facts, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
}
