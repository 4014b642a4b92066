import { bytesOfBody } from './base64-file.js';

const text = Buffer.from('RIFF and more').toString('base64');
const read = (body: unknown, maxBytes = 100) => Buffer.from(bytesOfBody(body, maxBytes)).toString();

describe('audio as base64', () => {
  it.each([
    ['as it is', text],
    ['with line breaks', `${text.slice(0, 7)}\n${text.slice(7)}\r\n`],
    ['as a data URL', `data:audio/wav;base64,${text}`],
  ])('is read %s', (_how, audio_data) => expect(read({ audio_data })).toBe('RIFF and more'));

  it.each([
    ['letters that are none', { audio_data: 'äöü!' }],
    ['a length that cannot be', { audio_data: text.slice(0, -1) }],
    ['padding in its middle', { audio_data: 'QQ==QUFB' }],
    ['nothing', { audio_data: '' }],
    ['a number', { audio_data: 7 }],
    ['no such member', { audio: text }],
    ['a list', [text]],
  ])('is refused with %s', (_what, body) => expect(() => read(body)).toThrow(/REQUEST_INVALID/));

  it('is refused when it is too much', () => expect(() => read({ audio_data: text }, 12)).toThrow(/FILE_TOO_LARGE.*12 bytes/));
});
