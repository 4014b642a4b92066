import { EarshotError } from '@earshot/contracts';
import { z } from 'zod';
import { profileHash } from './profile-hash.js';
import type { SoundDefinition } from './sound/sound-profile.js';
import { type SpeechDefinition, speechDefinition } from './speech-profile.js';

const powerOfTwo = (least: number, most: number) =>
  z
    .int()
    .min(least)
    .max(most)
    .refine((value) => Number.isInteger(Math.log2(value)), 'must be a power of two');
const positiveHz = z.number().positive().max(384_000);

const mfccSpec = z.strictObject({ feature: z.literal('mfcc'), coefficients: z.int().min(1).max(128) });
const logMelSpec = z.strictObject({ feature: z.literal('log-mel') });

/** The building blocks. Each has its file, where its formula and its unit stand. */
const featureSpec = z.discriminatedUnion('feature', [
  mfccSpec,
  logMelSpec,
  z.strictObject({ feature: z.literal('chroma') }),
  z.strictObject({ feature: z.literal('spectral-centroid') }),
  z.strictObject({ feature: z.literal('spectral-bandwidth') }),
  z.strictObject({ feature: z.literal('spectral-rolloff'), share: z.number().gt(0).lt(1) }),
  z.strictObject({ feature: z.literal('spectral-flatness') }),
  z.strictObject({ feature: z.literal('zero-crossing-rate') }),
  z.strictObject({ feature: z.literal('rms') }),
  z.strictObject({ feature: z.literal('onset-strength'), aggregate: z.enum(['mean', 'median']) }),
  z.strictObject({ feature: z.literal('tempo') }),
]);

const column = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/)
    .meta({ description: 'Name of the entry; a feature with several rows adds _0, _1, …' }),
  of: featureSpec,
  take: z.enum(['mean', 'std', 'mean-of-all', 'std-of-all', 'value']).meta({
    description: 'Mean or population standard deviation over the frames of each row, or over all values of all rows; `value` is for tempo',
  }),
});

const vectorOutput = z.strictObject({ kind: z.literal('vector'), columns: z.array(column).min(1).max(256) });
const matrixOutput = z.strictObject({
  kind: z.literal('matrix'),
  of: z.discriminatedUnion('feature', [mfccSpec, logMelSpec]),
  frames: z
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .meta({ description: 'The first so many frames, zeros after the last one; null: all there are' }),
});

/** Everything a profile's numbers depend on, but for the code. What is written here is hashed; nothing else may change a number. */
export const profileDefinition = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
    version: z.int().positive(),
    sampleRate: z.int().min(4000).max(192_000),
    channels: z.literal('mean'),
    resampler: z.literal('soxr-hq'),
    seconds: z
      .number()
      .positive()
      .max(600)
      .nullable()
      .meta({ description: 'The first so many seconds, zeros after the end; null: the whole clip' }),
    silence: z
      .strictObject({ topDb: z.number().positive().max(200), frameSamples: powerOfTwo(64, 16_384), hopSamples: powerOfTwo(4, 8192) })
      .nullable()
      .meta({ description: 'Frames this much quieter than the loudest one are taken out first' }),
    frames: z.strictObject({
      fftSize: powerOfTwo(64, 16_384),
      hopSamples: powerOfTwo(4, 8192),
      window: z.literal('hann'),
      padding: z.literal('zeros'),
    }),
    mel: z.strictObject({
      bands: z.int().min(2).max(256).multipleOf(2),
      minHz: z.number().min(0),
      maxHz: positiveHz,
      scale: z.literal('slaney'),
      topDb: z.number().positive().max(200),
    }),
    output: z.discriminatedUnion('kind', [vectorOutput, matrixOutput]),
  })
  .superRefine((profile, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const { frames, mel, silence, output, sampleRate } = profile;
    if (frames.hopSamples > frames.fftSize / 2) fault(['frames', 'hopSamples'], 'must divide half of fftSize');
    if (silence && silence.hopSamples > silence.frameSamples / 2) fault(['silence', 'hopSamples'], 'must divide half of frameSamples');
    if (mel.maxHz > sampleRate / 2) fault(['mel', 'maxHz'], 'must not exceed half of sampleRate');
    if (mel.minHz >= mel.maxHz) fault(['mel', 'minHz'], 'must be below maxHz');
    const isTooMany = (of: FeatureSpec) => of.feature === 'mfcc' && of.coefficients > mel.bands;
    if (output.kind === 'matrix' && isTooMany(output.of)) fault(['output', 'of', 'coefficients'], 'must not exceed mel.bands');
    if (output.kind === 'vector') {
      output.columns.forEach(({ of, take }, i) => {
        if (isTooMany(of)) fault(['output', 'columns', i, 'of', 'coefficients'], 'must not exceed mel.bands');
        if ((of.feature === 'tempo') !== (take === 'value'))
          fault(['output', 'columns', i, 'take'], 'value is for tempo, and tempo for nothing else');
      });
    }
    if (profile.seconds !== null && Math.floor(profile.seconds * sampleRate) < 1) fault(['seconds'], 'is less than one sample');
  });

export type ProfileDefinition = z.output<typeof profileDefinition>;
export type FeatureSpec = z.output<typeof featureSpec>;
export type Column = z.output<typeof column>;

/** What follows from a definition. */
interface Identity {
  /** `name@version`. */
  readonly id: string;
  /** SHA-256 of all its parameters and of `engine`, in hexadecimal: the same numbers come out if and only if it is the same. */
  readonly hash: string;
}

export type SpectralProfile = ProfileDefinition & Identity;
export type SpeechProfile = SpeechDefinition & Identity;
export type SoundProfile = SoundDefinition & Identity;

/** A definition with what follows from it. */
export type Profile = SpectralProfile | SpeechProfile | SoundProfile;

export function isSpeechProfile(profile: Profile): profile is SpeechProfile {
  return 'trim' in profile;
}

export function isSoundProfile(profile: Profile): profile is SoundProfile {
  return 'sounding' in profile;
}

/** Whether every clip gives as many numbers, however long it is. */
export function hasOneLength(profile: Profile): boolean {
  if (isSpeechProfile(profile)) return false;
  if (isSoundProfile(profile)) return true; // a vector
  const { output, seconds, silence } = profile;
  return output.kind === 'vector' || output.frames !== null || (seconds !== null && silence === null);
}

/** Which code computes the numbers: raised when that gives other numbers for the same parameters, so that nothing kept is taken for new. */
const engine = 2;

/** Checks a definition, for example one that a user wrote in JSON, and names it. Throws `REQUEST_INVALID` with each wrong place. */
export function defineProfile(definition: unknown): Profile {
  const isSpeech = typeof definition === 'object' && definition !== null && 'trim' in definition;
  return isSpeech ? defineSpeechProfile(definition) : defineSpectralProfile(definition);
}

export function defineSpectralProfile(definition: unknown): SpectralProfile {
  return identified(parsedBy(profileDefinition, definition));
}

export function defineSpeechProfile(definition: unknown): SpeechProfile {
  return identified(parsedBy(speechDefinition, definition));
}

/** Nobody defines one of these but this library, so that nothing has to be checked. */
export function nameSoundProfile(definition: SoundDefinition): SoundProfile {
  return identified(definition);
}

const mostDetailChars = 300;

function parsedBy<Schema extends z.ZodType>(schema: Schema, definition: unknown): z.output<Schema> {
  const parsed = schema.safeParse(definition);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({
    pointer: ['#', ...path.map(String)].join('/'), // as in every REQUEST_INVALID: RFC 6901, as a fragment
    detail: message.slice(0, mostDetailChars), // it repeats what was sent, such as the names of unknown members
  }));
  throw new EarshotError('REQUEST_INVALID', `profile: ${faults.map((f) => `${f.pointer} ${f.detail}`).join('; ')}`, { faults });
}

function identified<Definition extends { name: string; version: number }>(definition: Definition): Definition & Identity {
  return { ...definition, id: `${definition.name}@${definition.version}`, hash: profileHash({ ...definition, engine }) };
}
