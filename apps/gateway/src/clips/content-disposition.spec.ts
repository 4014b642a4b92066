import { attachment } from './content-disposition.js';

describe('Content-Disposition', () => {
  it.each([
    ['take 1.wav', `attachment; filename="take 1.wav"; filename*=UTF-8''take%201.wav`],
    ['Ärger.wav', `attachment; filename="Arger.wav"; filename*=UTF-8''%C3%84rger.wav`],
    ['a"b\\c.wav', `attachment; filename="a_b_c.wav"; filename*=UTF-8''a%22b%5Cc.wav`],
    ["it's (1)*.wav", `attachment; filename="it's (1)*.wav"; filename*=UTF-8''it%27s%20%281%29%2A.wav`],
    ['音.wav', `attachment; filename="_.wav"; filename*=UTF-8''%E9%9F%B3.wav`],
  ])('of %s is safe in a header', (name, header) => expect(attachment(name)).toBe(header));
});
