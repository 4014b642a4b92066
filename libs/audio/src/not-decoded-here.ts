import { EarshotError } from '@earshot/contracts';
import type { AudioFormat } from './format.js';

/** The file is audio of a known format that this library has no decoder for: the next decoder of the ladder may try. */
export class NotDecodedHere extends EarshotError {
  constructor(
    readonly format: AudioFormat,
    detail: string,
  ) {
    super('AUDIO_FORMAT_UNKNOWN', detail);
  }
}
