import { type Description, description } from '@earshot/contracts';
import { defineFunction } from '../pool/define-function.js';
import { type ClipFile, lendClip } from './clip-file.js';
import { clipLimits } from './clip-limits.js';
import { storableName } from './storable-name.js';

/** What passes this goes into rows and to clients as it is. */
export const clipDescription = description.extend({ format: storableName, decoder: storableName });

/** Decodes a clip and says what can be said of it without any model. */
export const describeClip = defineFunction<ClipFile, Description>({
  lend: lendClip,
  limits: ({ sizeBytes }) => clipLimits(sizeBytes),
  output: clipDescription,
  async run({ path }, context) {
    const { decodeClip } = await import('../decoding/decode-clip.js');
    const { ClipMeter } = await import('./clip-meter.js');
    const { decoded, receiver } = await decodeClip(path, () => new ClipMeter(), context);
    return receiver.describe(decoded);
  },
});
