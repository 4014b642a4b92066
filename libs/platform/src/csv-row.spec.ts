import { csvRow } from './csv-row.js';

describe('a row of a table', () => {
  it('leaves numbers as they are, negative ones too', () => expect(csvRow([1, -2.5, true])).toBe('1,-2.5,true\r\n'));
  it('has nothing for what is missing', () => expect(csvRow([null, undefined, ''])).toBe(',,\r\n'));
  it('quotes what would break it', () => expect(csvRow(['a,b', 'c"d', 'e\nf'])).toBe('"a,b","c""d","e\nf"\r\n'));
  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\u0000'])('disarms %j', (text) => expect(csvRow([text])).toBe(`'${text}\r\n`));
});
