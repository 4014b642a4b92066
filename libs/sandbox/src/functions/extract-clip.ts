import type { ProfileChoice } from '@earshot/contracts';
import { defineProfile, type Extraction, extract, getProfile, type Profile } from '@earshot/features';
import { ClipPcm } from '../decoding/clip-pcm.js';
import { ClipSpool } from '../decoding/clip-spool.js';
import { decodeClip } from '../decoding/decode-clip.js';
import type { FunctionContext } from '../pool/function-table.js';
import type { ClipFile } from './clip-file.js';

export interface ClipExtraction {
  format: string;
  decoder: string;
  durationSeconds: number;
  /** In the order of the profiles. */
  extractions: Extraction[];
}

/** Decodes a clip once and computes what each profile makes of it. */
export async function extractClip(
  { path, profiles: choices }: ClipFile & { profiles: ProfileChoice[] },
  context: FunctionContext,
): Promise<ClipExtraction> {
  const profiles = choices.map(profileOf);
  const newSpool = () => new ClipSpool(context.workingFolder);
  const newReceiver = () =>
    new ClipPcm(
      profiles.map(({ sampleRate }) => sampleRate),
      newSpool,
    );
  const { decoded, receiver: pcm } = await decodeClip(path, newReceiver, context);
  try {
    pcm.end();
    const { format, decoder, frames, sampleRate } = decoded;
    const extractions = extract(profiles, (rate) => pcm.at(rate), { spool: newSpool });
    return { format, decoder, durationSeconds: frames / sampleRate, extractions };
  } finally {
    pcm.close();
  }
}

/** A named profile, or one that a user defined. Definitions are checked and hashed once in each process. */
function profileOf(choice: ProfileChoice): Profile {
  if (typeof choice === 'string') return getProfile(choice);
  const key = JSON.stringify(choice);
  const profile = defined.get(key) ?? defineProfile(choice);
  if (defined.size < 100) defined.set(key, profile);
  return profile;
}

const defined = new Map<string, Profile>();
