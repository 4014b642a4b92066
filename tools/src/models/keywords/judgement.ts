// What the answers of models to recordings that they never heard come to.
import { calibrationOf, groupInterval, type Interval, wilsonInterval } from '@earshot/learning';
import { commands, digits } from '../voices/words.js';
import { type Example, keywords, labels, silenceLabel, unknownLabel } from './corpus.js';

export interface Figure {
  value: number;
  rows: number;
  groups: number;
  /** 95 %, over groups: speakers, or words where these were left out. Null where there are too few. */
  interval: Interval | null;
  /** What always saying the most frequent would give. */
  baseline: number;
}

/** Examples, each with the probabilities (rows × labels) that a model which never heard it gave. */
export interface Judged {
  examples: readonly Example[];
  probabilities: Float32Array;
}

const digitLabels = digits.map((word) => labels.indexOf(word));
const commandLabels = commands.map((word) => labels.indexOf(word));
const keywordLabels = keywords.map((_, label) => label);
const anyLabel = labels.map((_, label) => label);

/** Of each kind of recording, how often the answer is right. `threshold`: what a keyword's probability must reach to be answered. */
export function figuresOf({ examples, probabilities }: Judged, threshold: number) {
  const at = (row: number) => probabilities.subarray(row * labels.length, (row + 1) * labels.length);
  const rowsOf = (isOne: (example: Example) => boolean) => examples.flatMap((example, row) => (isOne(example) ? [row] : []));
  const figure = (
    rows: readonly number[],
    isRight: (row: number) => boolean,
    groupOf: (example: Example) => string,
    truths = rows,
  ): Figure =>
    figureOf(
      rows.map(isRight),
      rows.map((row) => groupOf(examples[row]!)),
      truths.map((row) => examples[row]!.label),
    );
  const bySpeaker = ({ speaker }: Example) => speaker;
  const byWord = ({ word }: Example) => word;
  const among = (choices: readonly number[]) => (row: number) => greatest(at(row), choices) === examples[row]!.label;
  const isAnswered = (row: number) => answer(at(row), threshold) === examples[row]!.label;
  const isRefused = (row: number) => answer(at(row), threshold) === null;
  const twelfth = (label: number) => (commandLabels.includes(label) || label === silenceLabel ? label : unknownLabel);

  const digitRows = rowsOf(({ part }) => part === 'real digits');
  const crowdDigits = rowsOf(({ part }) => part === 'crowd digits');
  const commandRows = rowsOf(({ part }) => part === 'crowd commands');
  const isCrowdNoise = ({ word }: Example) => word === '_silence_';
  const twelve = rowsOf(({ part, word }) => part.startsWith('crowd') || word === '_silence_');
  const refusals = {
    recordedNoise: rowsOf(isCrowdNoise),
    madeNoise: rowsOf(({ source, word }) => source === 'noises' && word === 'noise'),
    silence: rowsOf(({ source, word }) => source === 'noises' && word === 'silence'),
    music: rowsOf(({ part }) => part === 'music'),
    otherWordsByPeople: rowsOf(({ part }) => part === 'crowd words'),
    madeWords: rowsOf(({ part }) => part === 'made words'),
    nearRhymes: rowsOf(({ part }) => part === 'near words'),
    otherWords: rowsOf(({ part }) => part === 'other words'),
  };
  const byLabel = (rows: readonly number[], choices: readonly number[]) =>
    Object.fromEntries(
      choices.map((label) => {
        const ofLabel = rows.filter((row) => examples[row]!.label === label);
        return [labels[label]!, share(ofLabel, among(choices))];
      }),
    );
  return {
    digitsAmongTen: figure(digitRows, among(digitLabels), bySpeaker),
    digitsOfAll: figure(digitRows, among(anyLabel), bySpeaker),
    digitsAnswered: figure(digitRows, isAnswered, bySpeaker),
    crowdDigitsAmongTen: figure(crowdDigits, among(digitLabels), bySpeaker),
    commandsAmongTen: figure(commandRows, among(commandLabels), bySpeaker),
    commandsOfAll: figure(commandRows, among(anyLabel), bySpeaker),
    commandsAnswered: figure(commandRows, isAnswered, bySpeaker),
    twelveClasses: figure(twelve, (row) => twelfth(greatest(at(row), anyLabel)) === twelfth(examples[row]!.label), bySpeaker),
    refused: Object.fromEntries(
      Object.entries(refusals).map(([kind, rows]) => [
        kind,
        figure(rows, isRefused, kind === 'otherWords' || kind === 'nearRhymes' ? byWord : bySpeaker),
      ]),
    ),
    bySpeaker: Object.fromEntries(
      [...new Set(digitRows.map((row) => examples[row]!.speaker))].map((speaker) => [
        speaker,
        share(
          digitRows.filter((row) => examples[row]!.speaker === speaker),
          among(digitLabels),
        ),
      ]),
    ),
    byDigit: byLabel(digitRows, digitLabels),
    byCommand: byLabel(commandRows, commandLabels),
  };
}

export type Figures = ReturnType<typeof figuresOf>;

/** What a higher threshold gives and takes: shares of keywords that are answered rightly, and of other sounds that are unknown. */
export function tradeOffs(judged: Judged, thresholds: readonly number[]) {
  return thresholds.map((threshold) => {
    const { digitsAnswered, commandsAnswered, refused } = figuresOf(judged, threshold);
    const unknown = Object.fromEntries(Object.entries(refused).map(([kind, { value }]) => [kind, value]));
    return { threshold, digits: digitsAnswered.value, commands: commandsAnswered.value, unknown };
  });
}

/** Of all recordings of people: keywords, other words, noise. */
export function realRows({ examples, probabilities }: Judged): { probabilities: Float32Array; truth: Int32Array } {
  const rows = examples.flatMap(({ source }, row) => (source === 'digits' || source === 'commands' ? [row] : []));
  const out = new Float32Array(rows.length * labels.length);
  for (const [i, row] of rows.entries()) out.set(probabilities.subarray(row * labels.length, (row + 1) * labels.length), i * labels.length);
  return { probabilities: out, truth: Int32Array.from(rows, (row) => examples[row]!.label) };
}

export function calibrationError(judged: Judged): number {
  const { probabilities, truth } = realRows(judged);
  return calibrationOf(probabilities, truth).ece!;
}

/** The keyword that is answered, as the model's decision has it: the most probable of those that reach the threshold; null: unknown. */
export function answer(row: Float32Array, threshold: number): number | null {
  const best = greatest(row, keywordLabels);
  return row[best]! >= threshold ? best : null;
}

function greatest(row: Float32Array, choices: readonly number[]): number {
  return choices.reduce((best, label) => (row[label]! > row[best]! ? label : best), choices[0]!);
}

function share(rows: readonly number[], isRight: (row: number) => boolean): number {
  return rows.filter(isRight).length / rows.length;
}

function figureOf(right: readonly boolean[], groups: readonly string[], truths: readonly number[]): Figure {
  const names = [...new Set(groups)];
  const hits = right.filter(Boolean).length;
  const counts = new Map<number, number>();
  for (const truth of truths) counts.set(truth, (counts.get(truth) ?? 0) + 1);
  const interval =
    names.length < 8
      ? wilsonInterval(hits, right.length)
      : groupInterval(
          right.map(Number),
          Int32Array.from(groups, (group) => names.indexOf(group)),
          1,
        );
  return {
    value: hits / right.length,
    rows: right.length,
    groups: names.length,
    interval,
    baseline: Math.max(...counts.values()) / truths.length,
  };
}
