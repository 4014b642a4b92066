import type { Decoded } from '@earshot/audio';
import type { ClipFacts } from '../functions/clip-facts.js';

/** What is told of a clip that was decoded. */
export function factsOf({ format, decoder, frames, sampleRate, isTruncated }: Decoded): ClipFacts {
  return { format, decoder, durationSeconds: frames / sampleRate, warnings: isTruncated ? ['TRUNCATED'] : [] };
}
