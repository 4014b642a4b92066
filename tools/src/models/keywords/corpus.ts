// What the recordings are to the keyword model: which label each has, in which part of a batch it takes its place, and in which fold it is
// that is heard by a model which trained on none of it.
import { commands, digits, nearWords } from '../voices/words.js';
import type { Recording } from './recordings.js';

export const keywords = [...digits, ...commands] as const;
export const labels: readonly string[] = [...keywords, 'unknown', 'silence'];
export const unknownLabel = labels.indexOf('unknown');
export const silenceLabel = labels.indexOf('silence');
export const foldCount = 4;

/** Parts of a batch. Within each, every word (or kind of noise) is heard equally often. */
export const parts = [
  'real digits',
  'crowd digits',
  'voice digits',
  'crowd commands',
  'voice commands',
  'crowd words',
  'near words',
  'other words',
  'made words',
  'noise',
  'music',
] as const;
export type Part = (typeof parts)[number];

export interface Example extends Recording {
  label: number;
  part: Part;
  /** Null: no model is judged by it. */
  fold: number | null;
}

const digitSpeakers = ['george', 'jackson', 'lucas', 'nicolas'];
const near = new Set(Object.values(nearWords).flatMap((words) => words.split(' ')));
const known = new Set<string>(keywords);
const isDigit = new Set<string>(digits);

export function examplesOf(recordings: readonly Recording[]): Example[] {
  return recordings.map((recording) => ({ ...recording, part: partOf(recording), label: labelOf(recording), fold: foldOf(recording) }));
}

function partOf({ source, word }: Recording): Part {
  if (source === 'splices') return 'made words';
  if (source === 'digits') return 'real digits';
  if (source === 'noises') return word === 'music' ? 'music' : 'noise';
  const isCrowd = source === 'commands';
  if (word === '_silence_') return 'noise';
  if (isDigit.has(word)) return isCrowd ? 'crowd digits' : 'voice digits';
  if (known.has(word)) return isCrowd ? 'crowd commands' : 'voice commands';
  if (isCrowd) return 'crowd words';
  return near.has(word) ? 'near words' : 'other words';
}

/** Music is no silence: like any other word it is unknown. */
function labelOf({ source, word }: Recording): number {
  if (known.has(word)) return labels.indexOf(word);
  return word === '_silence_' || (source === 'noises' && word !== 'music') ? silenceLabel : unknownLabel;
}

/**
 * Who is heard together: the four digit speakers one each; the speakers of Speech Commands by their own hexadecimal names, which are
 * random; words that are no keyword by the word, so that the fold's model knows neither the recording nor the word; noises by their
 * number. Keywords of synthetic voices judge no model.
 */
function foldOf({ source, word, speaker, name }: Recording): number | null {
  if (source === 'digits' || (source === 'splices' && digitSpeakers.includes(speaker))) return digitSpeakers.indexOf(speaker);
  if (source === 'splices') return Number.parseInt(speaker, 16) % foldCount;
  if (source === 'noises' || word === '_silence_') return Number(/\d+/.exec(name)![0]) % foldCount;
  if (!known.has(word)) return hash(word) % foldCount;
  return source === 'commands' ? Number.parseInt(speaker, 16) % foldCount : null;
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (Math.imul(value, 31) + character.charCodeAt(0)) >>> 0;
  return (value ^ (value >>> 7)) >>> 0;
}
