import {
  EarshotError,
  extractFeatures,
  type Features,
  floatsOf,
  inlineValues,
  type ProfileChoice,
  type TaskInput,
  type Vector,
} from '@earshot/contracts';
import { type ClaimedItem, Database, type Derived, DerivedRepository } from '@earshot/database';
import { columnNames, defineProfile, getProfile } from '@earshot/features';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { type BlobStore, readPart } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { ClipCalls } from '../clip-calls.js';
import { findKept } from '../derived/find-kept.js';
import { keepResults, type NewResult } from '../derived/new-results.js';

/** What is told of a clip beside its vectors; it is kept with each of them. */
type Facts = Omit<Features, 'vectors'>;

interface Computed {
  facts: Facts;
  results: NewResult[];
}

interface Wanted {
  choice: ProfileChoice;
  profile: string;
  hash: string;
  columns: string[] | null;
}

@Injectable()
@Handles(extractFeatures)
export class ExtractFeaturesHandler implements TaskHandler<typeof extractFeatures> {
  constructor(
    private readonly calls: ClipCalls,
    private readonly database: Database,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async run({ profiles }: TaskInput<typeof extractFeatures>, context: TaskContext<typeof extractFeatures>): Promise<void> {
    const { workspaceId, items, item } = context;
    const wanted = profiles.map(wantedProfile);
    const derived = new DerivedRepository(this.database, workspaceId);
    const known = await findKept(
      items,
      wanted.map(({ hash }) => hash),
      { workspaceId, derived, store: this.store },
    );
    const computed: NewResult[] = [];
    const computing = new Map<string | null, Promise<Computed>>();
    /** Items with the same audio wait for one computation; a failed one is forgotten, for an item may be tried again. */
    const shared = (clip: ClaimedItem, missing: Wanted[]): Promise<Computed> => {
      const sameAudio = computing.get(clip.sha256);
      if (sameAudio !== undefined) return sameAudio;
      const started = this.compute(clip, missing, context);
      computing.set(clip.sha256, started);
      started.then(
        ({ results }) => computed.push(...results),
        () => computing.delete(clip.sha256),
      );
      return started;
    };
    await Promise.all(
      items.map((clip) =>
        item(clip.index, async () => {
          const ofClip = known.filter(({ sha256 }) => sha256 === clip.sha256);
          const missing = wanted.filter(({ hash }) => !ofClip.some(({ recipe }) => recipe === hash));
          const fresh = missing.length > 0 ? await shared(clip, missing) : null;
          return {
            ...(fresh?.facts ?? factsOf(ofClip)),
            vectors: await Promise.all(
              wanted.map(async (profile) => {
                const result = fresh?.results.find(({ recipe }) => recipe === profile.hash);
                return result !== undefined ? vectorOf(profile, result.shape, result.bytes) : this.recall(workspaceId, profile, ofClip);
              }),
            ),
          };
        }),
      ),
    );
    // Also when the task is aborted or tried again: its next attempt finds what this one has done.
    await keepResults(computed, workspaceId, derived, this.store);
  }

  private async compute(clip: ClaimedItem, missing: Wanted[], context: TaskContext<typeof extractFeatures>): Promise<Computed> {
    const choices = missing.map(({ choice }) => choice);
    const { sha256, output } = await this.calls.run('extract', { profiles: choices }, clip, context);
    const { extractions, ...facts } = output;
    const results = extractions.map(({ hash, shape, values }) => ({
      sha256,
      recipe: hash,
      shape,
      facts,
      bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    }));
    return { facts, results };
  }

  /** A vector from the cache; large ones are not read, because they do not stand in results. */
  private async recall(workspaceId: string, wanted: Wanted, ofClip: Derived[]): Promise<Vector> {
    const result = ofClip.find(({ recipe }) => recipe === wanted.hash);
    if (result === undefined) throw new Error(`Neither computed nor known: ${wanted.profile}`);
    const { shape, place } = result;
    if (sizeOf(shape) > inlineValues) return vectorOf(wanted, shape, new Uint8Array(0));
    if ('bytes' in place) return vectorOf(wanted, shape, place.bytes);
    const bytes = await readPart(
      this.store,
      { workspaceId, sha256: place.pack },
      { start: place.start, end: place.start + place.length - 1 },
    );
    return vectorOf(wanted, shape, bytes);
  }
}

function wantedProfile(choice: ProfileChoice): Wanted {
  const profile = typeof choice === 'string' ? getProfile(choice) : defineProfile(choice);
  const columns = profile.output.kind === 'vector' ? columnNames(profile) : null;
  return { choice, profile: profile.id, hash: profile.hash, columns };
}

function factsOf([first]: Derived[]): Facts {
  const parsed = extractFeatures.itemResult.omit({ vectors: true }).safeParse(first?.facts);
  if (!parsed.success) throw new EarshotError('INTERNAL', 'A kept vector does not say what was found beside it', { cause: parsed.error });
  return parsed.data;
}

function vectorOf({ profile, hash, columns }: Wanted, shape: number[], bytes: Uint8Array): Vector {
  return { profile, hash, shape, columns, values: sizeOf(shape) > inlineValues ? null : floatsOf(bytes) };
}

function sizeOf(shape: number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
