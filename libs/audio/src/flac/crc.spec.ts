import { crc16 } from './crc.js';

describe('the checksum of a frame', () => {
  const check = Uint8Array.from('x123456789', (letter) => letter.charCodeAt(0));

  it('has the check value of CRC-16/UMTS', () => expect(crc16(check, 1, 10)).toBe(0xfee8));

  it.each([0, 1, 2, 3, 4, 5, 7, 8])('is 0 over %i bytes and their checksum', (length) => {
    const bytes = Uint8Array.from({ length: length + 2 }, (_, i) => 37 * i + 5);
    const crc = crc16(bytes, 0, length);
    bytes.set([crc >> 8, crc & 255], length);
    expect(crc16(bytes, 0, length + 2)).toBe(0);
  });
});
