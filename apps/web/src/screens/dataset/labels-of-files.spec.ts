import { isSound, labelOf } from './labels-of-files.js';

const file = (webkitRelativePath: string) => ({ webkitRelativePath, name: webkitRelativePath.split('/').at(-1) ?? '' });

describe('the label of a file', () => {
  it('is its folder', () => expect(labelOf(file('sounds/dog/1.wav'), 'folder', '')).toBe('dog'));

  it('is its name up to the first _', () => {
    expect(labelOf(file('seven_563aa4e6_nohash_1.flac'), 'prefix', '')).toBe('seven');
    expect(labelOf(file('seven.flac'), 'prefix', '')).toBeNull();
  });

  it('is the one that was written, if any was', () => {
    expect(labelOf(file('a.wav'), 'one', 'rain')).toBe('rain');
    expect(labelOf(file('a.wav'), 'one', '')).toBeNull();
  });
});

it('of a folder what is no sound by its name is left out', () => {
  expect([file('a/b.WAV'), file('a/notes.txt'), file('a/.DS_Store')].map(isSound)).toEqual([true, false, false]);
});
