import { Random } from '@earshot/learning';
import { commands, digits } from '../voices/words.js';
import type { Recording } from './recordings.js';

const bands = 40;
/** Backwards these are said much like another keyword, or like themselves. */
const almostKeywordsBackwards = new Set(['no', 'on', 'nine', 'five']);
const keywords = new Set<string>([...digits, ...commands]);

/**
 * Words that people never said, in their own voices and rooms: the beginning of one keyword joined to the end of another by the same
 * speaker, and keywords backwards. Nearly all other words that are no keyword are spoken by synthesisers; a network that has no others
 * learns that a person's voice means a keyword. One of each for every recording, where its speaker said another keyword too.
 */
export function splicesOf(recordings: readonly Recording[], seed: number): Recording[] {
  const people = recordings.filter(({ source, word }) => (source === 'digits' || source === 'commands') && keywords.has(word));
  const bySpeaker = Map.groupBy(people, ({ speaker }) => speaker);
  return people.flatMap((first, row) => {
    const random = new Random(seed, 'splice', row);
    const others = bySpeaker.get(first.speaker)!.filter(({ word }) => word !== first.word);
    const second = others.length === 0 ? undefined : others[random.below(0, others.length)]!;
    return [
      ...(second === undefined ? [] : [spliced(first, second, random)]),
      ...(almostKeywordsBackwards.has(first.word) ? [] : [backwards(first)]),
    ];
  });
}

/** As loud as each other, cut somewhere in the middle third. */
function spliced(first: Recording, second: Recording, random: Random): Recording {
  const cut = (of: Recording, draw: number) => Math.round(framesOf(of) * (0.35 + 0.3 * random.uniform(draw)));
  const [end, start] = [cut(first, 1), cut(second, 2)];
  const frames = end + framesOf(second) - start;
  const power = new Float32Array(bands * frames);
  const gain = meanOf(first.power) / meanOf(second.power);
  for (let band = 0; band < bands; band++) {
    const row = power.subarray(band * frames, (band + 1) * frames);
    row.set(bandOf(first, band).subarray(0, end));
    row.set(
      bandOf(second, band)
        .subarray(start)
        .map((value) => value * gain),
      end,
    );
  }
  return made('spliced', first, `${first.name} + ${second.name}`, power);
}

function backwards(recording: Recording): Recording {
  const frames = framesOf(recording);
  const power = new Float32Array(bands * frames);
  for (let band = 0; band < bands; band++) power.set(bandOf(recording, band).slice().reverse(), band * frames);
  return made('backwards', recording, recording.name, power);
}

/** Within their part of a batch digits and commands, joined and backwards, are heard equally often. */
function made(how: string, { source, speaker }: Recording, name: string, power: Float32Array): Recording {
  return { source: 'splices', word: `${how} ${source}`, speaker, name, power };
}

const framesOf = ({ power }: Recording) => power.length / bands;
const bandOf = ({ power }: Recording, band: number) => power.subarray((band * power.length) / bands, ((band + 1) * power.length) / bands);
const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 1e-12) / values.length;
