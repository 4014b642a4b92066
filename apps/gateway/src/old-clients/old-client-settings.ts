import { type AudioFormat, audioFormats } from '@earshot/audio';
import { getProfile } from '@earshot/features';
import { wholeNumber } from '@earshot/platform';
import { z } from 'zod';

const share = (min: number, max: number) => {
  const form = `a number from ${min} to ${max}`;
  return z.coerce.number(form).min(min, form).max(max, form);
};

/** Formats by their old names: `ogg` is whatever comes in that container. */
const namesOfFormats: Readonly<Record<string, readonly AudioFormat[]>> = {
  ...Object.fromEntries(audioFormats.map((format) => [format, [format]])),
  ogg: ['vorbis', 'opus', 'ogg'],
  m4a: ['mp4'],
};

const wordsOf = (list: string) =>
  list
    .replace(/[[\]"']/g, '') // some wrote the list as JSON
    .split(',')
    .map((word) => word.trim().toLowerCase().replace(/^\./, ''))
    .filter((word) => word !== '');

const formats = z
  .string()
  .transform(wordsOf)
  .refine(
    (words) => words.length > 0 && words.every((word) => Object.hasOwn(namesOfFormats, word)),
    `formats with commas between them, of ${Object.keys(namesOfFormats).join(', ')}`,
  )
  .transform((words) => new Set(words.flatMap((word) => namesOfFormats[word] ?? [])));

const ports = z
  .string()
  .regex(/^\d{1,5}(\s*,\s*\d{1,5})*$/, 'ports like 8001,5000')
  .transform((list) => list.split(',').map(Number))
  .refine((list) => list.every((port) => port <= 65_535), 'ports up to 65535');

/** What the talent system's features are is what its profile says: a setting may repeat that, and not change it. */
const { sampleRate } = getProfile('talent-37@1');
const fixed = (value: number, what: string) => {
  const form = `${value}, or left out: ${what} is what the profile talent-37@1 says`;
  return z.coerce
    .number(form)
    .refine((given) => given === value, form)
    .optional();
};

/** Settings of the old systems, under their names, and what belongs to their routes. */
export const oldClientSettings = {
  /** For how long their requests wait for work before they are answered 202. */
  LEGACY_WAIT_MS: wholeNumber(0, 30_000).default(30_000),
  /** Further ports, for clients that cannot change theirs. */
  LEGACY_PORTS: ports.optional(),
  API_TITLE: z.string().min(1).optional(),
  API_VERSION: z.string().min(1).optional(),
  /** From this probability on a voice is good. */
  MODEL_CONFIDENCE_THRESHOLD: share(0, 1).default(0.5),
  /** One file of the talent routes, in bytes. */
  MAX_UPLOAD_SIZE: wholeNumber(1, 100_000_000_000).default(50_000_000),
  ALLOWED_AUDIO_FORMATS: formats.default(new Set(['wav', 'mp3', 'flac', 'vorbis', 'opus', 'ogg'])),
  RETRAIN_MIN_SAMPLES: wholeNumber(10, 1_000_000).default(10),
  TRAINING_EPOCHS: wholeNumber(5, 200).default(100),
  TRAINING_BATCH_SIZE: wholeNumber(8, 128).default(32),
  TRAINING_TEST_SPLIT: share(0.02, 0.8).default(0.2),
  SAMPLE_RATE: fixed(sampleRate, 'the sample rate'),
  N_MFCC: fixed(13, 'the number of MFCCs'),
  TOP_DB: fixed(20, 'what counts as silence'),
  /** Of the keyword routes: the number of a version (`3`, `v3`), or an alias. */
  MODEL_VERSION: z
    .string()
    .regex(/^(v?[1-9]\d{0,8}|[a-z][a-z0-9_-]{0,31})$/, 'the number of a version like v3, or an alias')
    .optional(),
};

export type OldClientSettings = z.output<z.ZodObject<typeof oldClientSettings>>;
