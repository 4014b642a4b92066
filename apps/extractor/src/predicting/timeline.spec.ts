import { decision } from '@earshot/contracts';
import type { ScoringModel } from '@earshot/database';
import { meanOf, timelineOf } from './timeline.js';

const model = { labels: ['one', 'two'], decision: decision.parse({ unknownBelow: 0.6 }) } as unknown as ScoringModel;
const windows = { windowSeconds: 2, hopSeconds: 1 };
const rows = (...firsts: number[]) => Float32Array.from(firsts.flatMap((first) => [first, 1 - first]));
const told = (firsts: number[], isScored: boolean[], durationSeconds: number) =>
  timelineOf(rows(...firsts), isScored, windows, model, durationSeconds).timeline.map(({ startSeconds, endSeconds, label }) => [
    startSeconds,
    endSeconds,
    label,
  ]);

describe('a timeline', () => {
  it('changes in the middle between the middles of two windows, and has no gaps', () =>
    expect(told([1, 1, 0], [true, true, true], 4)).toEqual([
      [0, 2.5, 'one'],
      [2.5, 4, 'two'],
    ]));

  it('is one segment of one window', () => expect(told([1], [true], 0.5)).toEqual([[0, 0.5, 'one']]));

  it('says where nothing could be computed, and where nothing was sure', () =>
    expect(told([1, 0.5], [true, false, true], 4)).toEqual([
      [0, 1.5, 'one'],
      [1.5, 2.5, null],
      [2.5, 4, 'unknown'],
    ]));

  it('is as sure of a segment as its windows are on average', () => {
    const { timeline } = timelineOf(rows(1, 0.75, 0.875), [true, true, true], windows, model, 4);
    expect(timeline).toMatchObject([{ windows: 3, confidence: 0.875, isUnknown: false }]);
  });
});

describe('the whole recording', () => {
  it('is the mean of its windows', () => expect([...meanOf(rows(1, 0.5), 2)]).toEqual([0.75, 0.25]));
});
