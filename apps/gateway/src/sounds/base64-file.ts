import { EarshotError, soundInferenceRequest } from '@earshot/contracts';
import { parse, requestInvalid } from '../requests/parse.js';

/** The bytes that `audio_data` holds; with line breaks in it, or as a data URL, as some clients have it. */
export function bytesOfBody(body: unknown, maxBytes: number): Uint8Array<ArrayBuffer> {
  const { audio_data: said } = parse(soundInferenceRequest, body);
  const text = said.replace(/^data:[^,]{0,200};base64,/, '').replace(/\s+/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw requestInvalid([
      { pointer: '#/audio_data', detail: 'must be base64: A-Z, a-z, 0-9, + and /, filled up with = to a multiple of four' },
    ]);
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  if (bytes.length > maxBytes) throw new EarshotError('FILE_TOO_LARGE', `More than ${maxBytes} bytes`, { members: { limit: maxBytes } });
  return bytes;
}
