import type { Decoded } from '@earshot/audio';
import type { Spool } from '@earshot/features';
import type { FunctionContext } from '../pool/function-table.js';
import { ClipPcm } from './clip-pcm.js';
import { ClipSpool } from './clip-spool.js';
import { decodeClip } from './decode-clip.js';
import { SpoolRoom } from './spool-room.js';

/** A decoded clip as it is lent: what the decoder says of it, its samples at each of the rates, and room for what is computed of them. */
export interface LentPcm {
  decoded: Decoded;
  pcm: ClipPcm;
  newSpool: () => Spool;
}

/** Decodes a clip once to those sample rates, and lends it while `use` runs. */
export async function withClipPcm<Result>(
  path: string,
  sampleRates: readonly number[],
  context: FunctionContext,
  use: (lent: LentPcm) => Result | Promise<Result>,
): Promise<Result> {
  const room = new SpoolRoom(path);
  const newSpool = () => new ClipSpool(context.workingFolder, room);
  const { decoded, receiver: pcm } = await decodeClip(path, () => new ClipPcm(sampleRates, newSpool), context);
  try {
    pcm.end();
    return await use({ decoded, pcm, newSpool });
  } finally {
    pcm.close();
  }
}
