import { type ClipPlace, checkRecipe, clipMeasures, EarshotError, findFaults, type TaskInput } from '@earshot/contracts';
import { Database, DatasetRepository, type Derived, DerivedRepository, type MemberRow } from '@earshot/database';
import { printLikeness, printSketch, sketchLength, sketchShifts } from '@earshot/features';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CheckedClips } from './checked-clips.js';
import { faultsOfClip } from './clip-faults.js';
import { addNearDuplicate, areCopies, findDuplicates } from './copy-faults.js';
import { FoundFaults } from './found-faults.js';
import { findGroupsAcrossFolds, findLabelFaults } from './label-faults.js';
import { likelyPairs } from './likely-pairs.js';

const facts = clipMeasures.extend({ audioSha256: z.string() });
const clipsPerPage = 1_000;
const pairsPerRead = 500;
const floatsOfClip = sketchShifts.length * sketchLength;
/** A sketch of a pair that is alike points at least so much in the same direction: docs/datasets.md. */
const leastCosine = 0.7;

const whatOf = {
  silent: 'nothing is above −60 dB of full scale',
  clipped: 'samples are cut off at full scale',
  'dc-offset': 'the samples lie to one side of the zero line',
} as const;

type Context = TaskContext<typeof findFaults>;
type Members = Pick<DatasetRepository, 'members'>;

/** Looks at a dataset as a whole, of which each clip has been measured. */
@Injectable()
@Handles(findFaults)
export class FindFaultsHandler implements TaskHandler<typeof findFaults> {
  constructor(private readonly database: Database) {}

  async run({ dataset, datasetVersion, datasetVersionId }: TaskInput<typeof findFaults>, context: Context): Promise<void> {
    const datasets = new DatasetRepository(this.database, context.workspaceId);
    const version = await datasets.versionOfId(datasetVersionId);
    const found = new FoundFaults();
    const read = await this.readClips(new CheckedClips(version.clips), datasets, datasetVersionId, found, context);
    findDuplicates(read.clips, found);
    await this.findNearDuplicates(read, found, context);
    findLabelFaults(read.clips, found);
    findGroupsAcrossFolds(read.clips, found);
    const faults = found.faults(await placesOf(datasets, datasetVersionId, found.indexes));
    context.output({ dataset, version: datasetVersion, clips: version.clips, isClean: faults.length === 0, faults });
  }

  /** What each clip is and has by itself. Of the prints only sketches are kept. */
  private async readClips(clips: CheckedClips, datasets: Members, versionId: string, found: FoundFaults, context: Context): Promise<Read> {
    const derived = new DerivedRepository(this.database, context.workspaceId);
    const sketched: number[] = [];
    const values = new Float32Array(clips.count * floatsOfClip); // the system gives memory to what is written alone
    const sha256Of: string[] = [];
    for (let after = -1; after < clips.count - 1; after += clipsPerPage) {
      const members = await datasets.members(versionId, after, clipsPerPage);
      const kept = await derived.find([...new Set(members.map(({ sha256 }) => sha256))], [checkRecipe]);
      const keptOf = new Map(kept.map((one) => [one.sha256, one]));
      for (const member of members) {
        const { index, sha256 } = member;
        sha256Of[index] = sha256;
        note(clips, member);
        const measured = member.lost ? undefined : keptOf.get(sha256);
        if (measured === undefined) {
          found.add('unreadable', member.lost ? 'the clip has been deleted' : 'the clip could not be decoded: its item says why', [index]);
          continue;
        }
        const { audioSha256, ...measures } = parsed(measured);
        clips.audioOf[index] = clips.audios.of(audioSha256.slice(0, 32));
        const faults = faultsOfClip(measures);
        for (const fault of faults) found.add(fault, whatOf[fault], [index]);
        clips.isUsable[index] = faults.includes('silent') ? 0 : 1;
        const print = printOf(measured);
        if (print === null || !clips.isUsable[index]) continue;
        const at = sketched.length * floatsOfClip;
        sketched.push(index);
        for (const [n, shift] of sketchShifts.entries())
          printSketch(print, shift, values.subarray(at + n * sketchLength, at + (n + 1) * sketchLength));
      }
      await context.progress({ step: Math.min(after + 1 + clipsPerPage, clips.count), of: clips.count, figures: {} });
      context.signal.throwIfAborted();
    }
    return { clips, sha256Of, sketched, sketches: values.subarray(0, sketched.length * floatsOfClip) };
  }

  /** Pairs that may be copies, by their sketches; those that are, by their prints, read again for them. */
  private async findNearDuplicates({ clips, sha256Of, sketched, sketches }: Read, found: FoundFaults, context: Context): Promise<void> {
    const derived = new DerivedRepository(this.database, context.workspaceId);
    const { signal } = context;
    const tell = (step: number, of: number) => context.progress({ step: clips.count, of: clips.count, figures: { comparing: step / of } });
    const likely = await likelyPairs(
      { values: sketches, length: sketchLength, variants: sketchShifts.length },
      { leastCosine, signal, onTable: tell },
    );
    const pairs = likely.map(([a, b]): [number, number] => [sketched[a]!, sketched[b]!]).filter(([a, b]) => areCopies(clips, a, b, 1)); // those that would be told of
    for (let at = 0; at < pairs.length; at += pairsPerRead) {
      const some = pairs.slice(at, at + pairsPerRead);
      const sha256s = [...new Set(some.flat().map((clip) => sha256Of[clip]!))];
      const prints = new Map((await derived.find(sha256s, [checkRecipe])).map((kept) => [kept.sha256, printOf(kept)]));
      for (const [a, b] of some) {
        const [one, other] = [prints.get(sha256Of[a]!), prints.get(sha256Of[b]!)];
        if (!one || !other) continue;
        const alike = printLikeness(one, other);
        if (areCopies(clips, a, b, alike)) addNearDuplicate(clips, a, b, alike, found);
      }
      await tell(at, pairs.length);
      signal.throwIfAborted();
    }
  }
}

interface Read {
  clips: CheckedClips;
  sha256Of: string[];
  /** The clips that have a sketch, and their sketches one after the other. */
  sketched: number[];
  sketches: Float32Array;
}

function note(clips: CheckedClips, { index, label, group, fold }: MemberRow): void {
  clips.labelOf[index] = clips.labels.of(label);
  if (group !== null) clips.groupOf[index] = clips.groups.of(group);
  if (fold !== null) clips.foldOf[index] = fold;
}

function parsed({ facts: kept }: Derived): z.output<typeof facts> {
  const result = facts.safeParse(kept);
  if (!result.success) throw new EarshotError('INTERNAL', 'Kept measures are none', { cause: result.error });
  return result.data;
}

/** Null: nothing sounds. Prints are small enough to stand in their rows. */
function printOf({ place }: Derived): Int8Array | null {
  if (!('bytes' in place) || place.bytes.length === 0) return null;
  return new Int8Array(place.bytes.buffer, place.bytes.byteOffset, place.bytes.byteLength);
}

/** Of the clips with these indexes, ascending, what is shown of them. */
async function placesOf(datasets: Members, versionId: string, indexes: number[]): Promise<Map<number, ClipPlace>> {
  const places = new Map<number, ClipPlace>();
  for (const index of indexes) {
    if (places.has(index)) continue;
    for (const { index: at, clipId, filename, label, group, fold } of await datasets.members(versionId, index - 1, 50))
      places.set(at, { index: at, clipId, filename, label, group, fold });
  }
  return places;
}
