import { EarshotError, type KeywordPrediction, type Prediction } from '@earshot/contracts';
import type { ScoredFile } from '../old-clients/old-scoring.service.js';

/** One window of the old system; longer audio slides. */
export const windowSeconds = 1.28;
const longestSeconds = 10;
/** Labels that say that no keyword is heard. */
const noKeywords: ReadonlySet<string> = new Set(['unknown', 'silence']);

/** Recordings that are longer than the old system took are refused as it did. */
export function checkedLength(file: ScoredFile): ScoredFile {
  if (!('result' in file) || file.result.durationSeconds <= longestSeconds) return file;
  const { durationSeconds: seconds } = file.result;
  const detail = `${seconds.toFixed(2)} s decoded, the limit of this route is ${longestSeconds} s`;
  return { filename: file.filename, error: new EarshotError('AUDIO_TOO_LONG', detail, { members: { limit: longestSeconds } }) };
}

export function keywordAnswer(result: Prediction, processingSeconds: number): KeywordPrediction {
  const timeline = result.windows === undefined || result.windows.count === 1 ? null : result.windows.timeline;
  const { label, confidence } = timeline === null ? result : (surestOf(timeline) ?? result);
  return {
    keyword: label,
    confidence: fourDecimals(confidence),
    processing_time: fourDecimals(processingSeconds),
    model_version: versionName(result.model.version),
    timestamp: new Date().toISOString(),
    ...(timeline === null ? {} : { windows: timeline.map(windowOf) }),
  };
}

export function versionName(version: number): string {
  return `v${version}`;
}

/** What `MODEL_VERSION` means: `3` and `v3` are versions, anything else an alias. */
export function modelChoice(setting: string): { version: number } | { alias: string } {
  const [, number] = /^v?(\d+)$/.exec(setting) ?? [];
  return number === undefined ? { alias: setting } : { version: Number(number) };
}

export function fourDecimals(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

type Segment = NonNullable<Prediction['windows']>['timeline'][number];

/** The surest of those that hear a keyword; where none does, the surest of all: silence between words is always the surest. */
function surestOf(timeline: readonly Segment[]): { label: string; confidence: number } | undefined {
  const heard = timeline.flatMap(({ label, confidence, isUnknown }) =>
    label === null || confidence === null ? [] : [{ label, confidence, isKeyword: !isUnknown && !noKeywords.has(label) }],
  );
  return heard.toSorted((a, b) => Number(b.isKeyword) - Number(a.isKeyword) || b.confidence - a.confidence)[0];
}

function windowOf({ startSeconds: start, endSeconds: end, label: keyword, confidence }: Segment) {
  return { start, end, keyword, confidence: confidence === null ? null : fourDecimals(confidence) };
}
