import type { AcknowledgedWork } from '../../load/history.js';
import { knownClip } from '../../load/known-clip.js';
import { knownVectors } from '../../load/known-vectors.js';
import { chaosProfile } from '../../load/many-clips.js';
import type { Evidence, ReadWork } from '../evidence.js';
import { type Finding, violationOf } from '../finding.js';

/** Every acknowledged piece of work has the results that its clips' own signals demand, as its caller can read them. */
export function nothingIsLost({ history, read }: Evidence): Finding {
  const byJob = new Map(read.map((work) => [work.jobId, work]));
  const lost: unknown[] = [];
  const wrong: unknown[] = [];
  for (const { jobId, kind, clips } of history.works) {
    const { status, items } = byJob.get(jobId) ?? { status: 0, items: null };
    if (items === null || items.length !== clips.length) lost.push({ jobId, status, items: items?.length, of: clips.length });
    else if (!clips.every((clip, i) => isOf(clip, kind, items[i]!))) wrong.push({ jobId, clips });
  }
  return {
    figures: {
      acknowledged: history.works.length,
      lost: lost.length,
      wrong: wrong.length,
      slowestAnswerMs: Math.round(Math.max(0, ...history.works.map(({ answeredMs }) => answeredMs))),
    },
    violations: [
      ...violationOf('acknowledged works have not all of their results', lost),
      ...violationOf('works have results that are not those of their clips', wrong),
    ],
  };
}

/** No clip was worked on more often than it was asked for; without a key a caller that got no answer may have been heard, or not. */
export function nothingIsDoubled({ history, rows }: Evidence): Finding {
  const asked = timesOf([...history.works, ...history.worksToCancel].flatMap(({ clips }) => clips.map((clip) => `clip-${clip}.wav`)));
  const made = timesOf(rows.items.flatMap(({ filename }) => filename ?? []));
  const doubled = [...made].filter(([filename, times]) => asked.has(filename) && times > (asked.get(filename) ?? 0));
  const nobodys = [...made].filter(([filename]) => !asked.has(filename));
  const answeredTwice = history.works.length - new Set(history.works.map(({ jobId }) => jobId)).size;
  const { unanswered, repeated } = history;
  return {
    figures: { doubled: doubled.length + answeredTwice, unanswered, repeated, unansweredButDone: nobodys.length },
    violations: [
      ...violationOf('clips were made into more items than were asked for', doubled),
      ...(answeredTwice > 0 ? [`${answeredTwice} works were answered with another one's job`] : []),
      ...(nobodys.length > unanswered ? [`${nobodys.length} clips are there that nobody was told of, ${unanswered} went unanswered`] : []),
    ],
  };
}

/** What was stored and not deleted can be read, byte by byte; what was deleted is gone. */
export function clipsAreKept({ history, readClips }: Evidence): Finding {
  const byClip = new Map(readClips.map((clip) => [clip.clipId, clip]));
  const latest = new Map(history.stored.map((clip) => [clip.clipId, clip]));
  const wrong = [...latest.values()].filter(({ clipId, isDeleted }) => {
    const found = byClip.get(clipId);
    return found === undefined || (isDeleted ? found.status !== 404 : found.status !== 200 || !found.isWhole);
  });
  return { figures: { clipsRead: readClips.length }, violations: violationOf('stored clips cannot be read, or deleted ones can', wrong) };
}

function isOf(clipNumber: number, kind: AcknowledgedWork['kind'], item: NonNullable<ReadWork['items']>[number]): boolean {
  const { frames, durationSeconds, peak } = knownClip(clipNumber);
  if (item.filename !== `clip-${clipNumber}.wav` || item.durationSeconds !== durationSeconds) return false;
  if (kind === 'describe') return item.frames === frames && Math.abs(item.peak - peak) < 1e-6;
  if (kind === 'samples') return true; // their vectors are what searches find them by
  const [expected] = knownVectors(clipNumber, [chaosProfile]);
  return expected?.length === item.vector?.length && expected?.every((value, i) => value === item.vector?.[i]) === true;
}

function timesOf(names: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return times;
}
