import { byteRange } from './byte-range.js';

describe('a Range header', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['Bytes=5-5', { start: 5, end: 5 }],
  ])('%s asks for %j of 100 bytes', (header, range) => expect(byteRange(header, 100)).toEqual(range));

  it.each([undefined, '', 'lines=1-2', 'bytes=a-b', 'bytes=9-5', 'bytes=0-1,5-9', 'bytes=-'])('%s asks for the whole file', (header) =>
    expect(byteRange(header, 100)).toBeNull(),
  );

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('%s cannot be satisfied', (header) =>
    expect(() => byteRange(header, 100)).toThrow('RANGE_NOT_SATISFIABLE'),
  );
});
