import { EarshotError, float32Of, type Prediction, predictClips, type TaskInput } from '@earshot/contracts';
import { type ClaimedItem, Database, type Derived, DerivedRepository, type ScoringModel, ScoringModels } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { type ClipScores, type ModelFile, Sandbox, type Windows } from '@earshot/sandbox';
import { type BlobStore, readPlace } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { ClipCalls } from '../clip-calls.js';
import { findKept } from '../derived/find-kept.js';
import { LaterResults } from '../derived/later-results.js';
import type { NewResult } from '../derived/new-results.js';
import { ModelFiles } from './model-files.js';
import { predictionOf } from './prediction-of.js';
import { meanOf, timelineOf } from './timeline.js';

type Wish = TaskInput<typeof predictClips>;
type Context = TaskContext<typeof predictClips>;

/** What is never changed of a model version. */
type Version = Omit<ScoringModel, 'decision' | 'decisionRevision'>;

/** One chunk's work: for whom, with which model. */
interface Scoring {
  wish: Wish;
  version: Version;
  /** With its decision as it is while the chunk is computed. */
  model: Promise<ScoringModel>;
  file: ModelFile;
  context: Context;
}

/** Versions that are remembered. */
const mostRemembered = 1_000;

const keptFacts = predictClips.itemResult.pick({ durationSeconds: true, warnings: true });

@Injectable()
@Handles(predictClips)
export class PredictClipsHandler implements TaskHandler<typeof predictClips> {
  private readonly models: ScoringModels;
  /** By their ids: clips are scored by a version that was used before while its decision is read. */
  private readonly versions = new Map<string, Version>();

  constructor(
    private readonly calls: ClipCalls,
    private readonly files: ModelFiles,
    private readonly sandbox: Sandbox,
    private readonly database: Database,
    private readonly later: LaterResults,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {
    this.models = new ScoringModels(database);
  }

  async run(wish: Wish, context: Context): Promise<void> {
    const { workspaceId } = context;
    const model = this.models.get(workspaceId, wish.modelVersionId);
    model.catch(() => undefined); // it is awaited below, perhaps only when the clips are scored
    const version = this.versions.get(wish.modelVersionId) ?? this.remembered(await model);
    const scored = this.files.lend({ workspaceId, ...version.artifact }, (file) => {
      const scoring = { wish, version, model, file, context };
      return wish.windowSeconds === undefined ? this.scoreClips(scoring) : this.scoreWindows(scoring, wish.windowSeconds);
    });
    await scored.finally(() => model); // a version that was removed says so, whatever else fails for that
  }

  private remembered(version: Version): Version {
    if (this.versions.size >= mostRemembered) this.versions.clear();
    this.versions.set(version.id, version);
    return version;
  }

  /** Clips whose vectors are known are scored together, the others decoded and scored one by one; their vectors are kept. */
  private async scoreClips(scoring: Scoring): Promise<void> {
    const { version, model, wish, context } = scoring;
    const { workspaceId, items, item } = context;
    const derived = new DerivedRepository(this.database, workspaceId);
    const found = await findKept(items, [version.profileHash], { workspaceId, derived, store: this.store });
    const known = new Map(found.map((kept) => [kept.sha256, kept]));
    const scoreKnown = sharedUnlessFailed(() => this.scoreKnown([...known.values()], scoring));
    const computed: NewResult[] = [];
    const scoreNew = sharedByAudio(async (clip) => {
      const { scores, result } = await this.scoreClip(clip, scoring);
      computed.push(result);
      return scores;
    });
    await Promise.all(
      items.map((clip) =>
        item(clip.index, async () => {
          const kept = known.get(clip.sha256 ?? '');
          if (kept === undefined) {
            const { probabilities, ...facts } = await scoreNew(clip);
            return predictionOf(probabilities, facts, await model, wish);
          }
          const probabilities = (await scoreKnown()).get(kept.sha256);
          if (probabilities === undefined) throw new Error(`A vector that is kept was not scored: ${kept.sha256}`);
          return predictionOf(probabilities, keptFacts.parse(kept.facts), await model, wish);
        }),
      ),
    );
    // Also when the task is aborted or tried again: its next attempt finds what this one has done.
    await this.later.keep(computed, workspaceId);
  }

  /** The probabilities of clips whose vectors are kept, by the hash of their bytes; one call for all of them. */
  private async scoreKnown(known: Derived[], { version, file: modelFile, context }: Scoring): Promise<Map<string, Float32Array>> {
    const rows = await Promise.all(known.map(async ({ place }) => float32Of(await readPlace(this.store, context.workspaceId, place))));
    const probabilities = await this.sandbox.run(
      'scoreVectors',
      { model: modelFile, rows },
      { signal: context.signal, group: context.jobId },
    );
    const labelCount = version.labels.length;
    checkRows(probabilities, known.length, labelCount);
    return new Map(known.map(({ sha256 }, i) => [sha256, probabilities.subarray(i * labelCount, (i + 1) * labelCount)]));
  }

  private async scoreClip(clip: ClaimedItem, scoring: Scoring): Promise<{ scores: ClipScores; result: NewResult }> {
    const { labels, profileHash } = scoring.version;
    const { sha256, output: scores } = await this.scoreFile(clip, scoring, null);
    const { extraction, isScored: _, probabilities, ...facts } = scores;
    checkRows(probabilities, 1, labels.length);
    if (extraction === null || extraction.hash !== profileHash)
      throw new EarshotError('MODEL_INVALID', `${extraction?.profile} is not the profile that the model was trained on`);
    const { shape, values } = extraction;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return { scores, result: { sha256, recipe: profileHash, shape, facts, bytes } };
  }

  private async scoreWindows(scoring: Scoring, windowSeconds: number): Promise<void> {
    const { wish, context } = scoring;
    const windows = { windowSeconds, hopSeconds: wish.hopSeconds ?? windowSeconds / 2 };
    await Promise.all(context.items.map((clip) => context.item(clip.index, () => this.listen(clip, scoring, windows))));
  }

  /** What is heard when in one recording. */
  private async listen(clip: ClaimedItem, scoring: Scoring, windows: Windows): Promise<Prediction> {
    const { isScored, probabilities, ...facts } = (await this.scoreFile(clip, scoring, windows)).output;
    if (isScored === null) throw new EarshotError('INTERNAL', 'Windows were asked for, and the whole clip was scored');
    const model = await scoring.model;
    checkRows(probabilities, isScored.filter(Boolean).length, model.labels.length);
    return {
      ...predictionOf(meanOf(probabilities, model.labels.length), facts, model, scoring.wish),
      windows: timelineOf(probabilities, isScored, windows, model, facts.durationSeconds),
    };
  }

  private scoreFile(clip: ClaimedItem, { version, file: model, context }: Scoring, windows: Windows | null) {
    return this.calls.run('scoreClip', { profile: version.profile, model, windows }, clip, context);
  }
}

function checkRows(probabilities: Float32Array, rows: number, labels: number): void {
  if (probabilities.length !== rows * labels)
    throw new EarshotError('MODEL_INVALID', `The model gave ${probabilities.length} probabilities for ${rows} rows and ${labels} labels`);
}

/** Done once for all who ask; a failure is forgotten, for an item may be tried again. */
function sharedUnlessFailed<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let started: Promise<Result> | undefined;
  return () => {
    if (started === undefined) {
      started = work();
      started.catch(() => {
        started = undefined;
      });
    }
    return started;
  };
}

/** The same for each audio: items with the same bytes wait for one computation. */
function sharedByAudio<Result>(work: (clip: ClaimedItem) => Promise<Result>): (clip: ClaimedItem) => Promise<Result> {
  const started = new Map<string | null, () => Promise<Result>>();
  return (clip) => {
    const shared = started.get(clip.sha256) ?? sharedUnlessFailed(() => work(clip));
    started.set(clip.sha256, shared);
    return shared();
  };
}
