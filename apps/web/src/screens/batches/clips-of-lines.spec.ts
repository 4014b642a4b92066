import { clipsOfLines } from './clips-of-lines.js';

const clipId = '019aa5c4-2f61-7a3e-9d0b-6b1f0c2d4e8a';

describe('the clips of lines', () => {
  it('are their ids and names; empty lines are nothing', () =>
    expect(clipsOfLines(`{"clipId":"${clipId}"}\n\n{"clipId":"${clipId}","customId":"take 1"}\n`)).toEqual({
      clips: [{ clipId }, { clipId, customId: 'take 1' }],
    }));
  it.each([
    ['clip 7', 'Line 2 is not JSON'],
    ['7', 'Line 2 has no clipId'],
    ['{"clipId":"7"}', 'Line 2 has a clipId that is no id of a clip'],
    [`{"clipId":"${clipId}","customId":""}`, 'Line 2 has a customId that is no text of 1 to 255 letters'],
  ])('with the line %s are none, and it says why', (line, fault) =>
    expect(clipsOfLines(`{"clipId":"${clipId}"}\n${line}`)).toEqual({ fault }),
  );
});
