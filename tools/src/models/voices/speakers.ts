// What is to be spoken: by whom, at which pitch and pace. A list that follows from the seed and from the installed espeak-ng's variants.
import { Random } from '../../random.js';
import { commands, digits, foreignSpellings, nearWords, otherWords } from './words.js';

interface Spoken {
  word: string;
  /** Engine and voice: utterances of one speaker belong to one group. */
  speaker: string;
}

export interface EspeakUtterance extends Spoken {
  engine: 'espeak-ng';
  voice: string;
  text: string;
  /** 0 to 99. */
  pitch: number;
  wordsPerMinute: number;
}

export interface FliteUtterance extends Spoken {
  engine: 'flite';
  voice: string;
  text: string;
  /** `--setf` of flite. */
  settings: string[];
}

export interface FestivalUtterance extends Spoken {
  engine: 'festival';
  voice: string;
  stretch: number;
}

export type Utterance = EspeakUtterance | FliteUtterance | FestivalUtterance;

const accents = ['en-gb', 'en-us', 'en-gb-scotland', 'en-gb-x-gbclan', 'en-gb-x-rp', 'en-gb-x-gbcwmd', 'en-029', 'en-us-nyc'];
const fliteVoices = ['kal16', 'kal', 'awb', 'rms', 'slt'];
const festivalVoices = ['kal_diphone', 'ked_diphone', 'cmu_us_slt_arctic_hts'];
/** Variants of espeak-ng that nobody would take for a person. */
const unhuman = /demonic|robo|storm|tweaky|croak|fast|announcer/i;

/** Utterances of each word. */
interface Share {
  words: readonly string[];
  espeak: number;
  /** By each of its voices. */
  flite: number;
  festival: number;
}

const near = [...new Set(Object.values(nearWords).flatMap((words) => words.split(' ')))].sort();
const shares: Share[] = [
  { words: digits, espeak: 200, flite: 10, festival: 6 },
  { words: commands, espeak: 150, flite: 10, festival: 6 },
  { words: near, espeak: 10, flite: 1, festival: 1 },
  { words: [...new Set(otherWords.split(' '))].filter((word) => !near.includes(word)), espeak: 5, flite: 0.4, festival: 0 },
];
const foreignDigits = 8;
const foreignCommands = 5;

/** All utterances, `scale` times as many as the model was made with. */
export function utterances(seed: number, variants: readonly string[], scale = 1): Utterance[] {
  const random = new Random(seed);
  const people = variants.filter((name) => !unhuman.test(name));
  const times = (count: number): number => Math.floor(count * scale + random.next());
  const list: Utterance[] = [];
  const espeak = (word: string, text: string, language: string, fastest: number): void => {
    const voice = `${language}+${random.pick(people)}`;
    const pitch = Math.round(random.between(10, 90));
    const wordsPerMinute = Math.round(random.between(110, fastest));
    list.push({ engine: 'espeak-ng', word, speaker: `espeak-ng ${voice}`, voice, text, pitch, wordsPerMinute });
  };
  for (const share of shares) {
    for (const word of share.words) {
      for (let n = times(share.espeak); n > 0; n--) espeak(word, word + random.pick(['', '.', '!', '?', ',']), random.pick(accents), 230);
      for (const voice of fliteVoices) {
        for (let n = times(share.flite); n > 0; n--) list.push(fliteUtterance(word, voice, random));
      }
      for (const voice of festivalVoices) {
        for (let n = times(share.festival); n > 0; n--) {
          list.push({ engine: 'festival', word, speaker: `festival ${voice}`, voice, stretch: random.between(0.75, 1.35) });
        }
      }
    }
  }
  for (const [language, spellings] of Object.entries(foreignSpellings)) {
    const foreign = (words: readonly string[], spelled: string | undefined, count: number): void => {
      spelled?.split(' ').forEach((text, i) => {
        for (let n = times(count); n > 0; n--) espeak(words[i]!, text, language, 220);
      });
    };
    foreign(digits, spellings.digits, foreignDigits);
    foreign(commands, spellings.commands, foreignCommands);
  }
  return list;
}

/** Diphone voices take a mean and a spread of the pitch, recorded ones a shift. */
function fliteUtterance(word: string, voice: string, random: Random): FliteUtterance {
  const pitch = voice.startsWith('kal')
    ? [`int_f0_target_mean=${random.between(75, 220).toFixed(0)}`, `int_f0_target_stddev=${random.between(5, 30).toFixed(0)}`]
    : [`f0_shift=${random.between(0.75, 1.45).toFixed(2)}`];
  return {
    engine: 'flite',
    word,
    speaker: `flite ${voice}`,
    voice,
    text: word + random.pick(['', '.', '!', '?']),
    settings: [`duration_stretch=${random.between(0.7, 1.4).toFixed(2)}`, ...pitch],
  };
}
