import { canonicalJson } from '@earshot/contracts';
import { columnNames } from './extraction.js';
import { goldenColumns } from './golden.fixture.js';
import { defineProfile } from './profile.js';
import { electro45, getProfile, logmel128, mfcc49x40, profiles, talent37 } from './profiles.js';

const { id: _id, hash: _hash, ...talentDefinition } = talent37;

describe('the profiles', () => {
  it('keep their hashes: a change of any parameter needs a new version, one of the numbers a new engine', () => {
    expect(Object.fromEntries(profiles.map(({ id, hash }) => [id, hash]))).toEqual({
      'electro-45@1': '7b1db128c5e9939986e3fa6d11c31c63268d0633b43bdd1f1995dbac1fdfa613',
      'logmel-128@1': 'de6709c10fff861ab367e411fc9926ca785357f7a76eef057f22059b7e0e9b70',
      'mfcc-49x40@1': '1f2a6fd33a88b3af5284600c6ceead1e2e09f311210f09bd1d612341a5acd024',
      'sound-97@1': 'b8e24ca07c34de4072e778ed0c0cae413ee8e9db4f935226fd0a760bae56f392',
      'speech-40@1': '9515f6092038f54306afea0d2ef7b9cae14daed75a1a8371142029f3c1970627',
      'talent-37@1': '0ce6f0a3179e04f268f164e3074eac61d321e98af3122f21fb907b68f7e42dcb',
    });
  });
  it("have librosa's columns in the order of the golden file", () => {
    expect(columnNames(talent37)).toEqual(goldenColumns.talent37);
    expect(columnNames(electro45)).toEqual(goldenColumns.electro45);
  });
  it('name no columns of a matrix', () => expect([columnNames(logmel128), columnNames(mfcc49x40)]).toEqual([[], []]));
  it('are found by name and version', () => expect(getProfile('electro-45@1')).toBe(electro45));
  it('are not found under another version', () => expect(() => getProfile('electro-45@2')).toThrow('PROFILE_NOT_FOUND'));
});

describe("a user's own profile", () => {
  it('comes from JSON and has the hash of its parameters, in whatever order they are written', () => {
    const shuffled = Object.fromEntries(Object.entries(talentDefinition).toReversed());
    expect(defineProfile(JSON.parse(JSON.stringify(shuffled))).hash).toBe(talent37.hash);
  });
  it.each([
    ['a rate', { sampleRate: 16_000, mel: { ...talentDefinition.mel, maxHz: 8000 } }],
    ['a hop', { frames: { ...talentDefinition.frames, hopSamples: 256 } }],
    ['the silence rule', { silence: null }],
    ['the version', { version: 2 }],
  ])('with another %s has another hash', (_, change) =>
    expect(defineProfile({ ...talentDefinition, ...change }).hash).not.toBe(talent37.hash),
  );
  it.each([
    ['/frames/hopSamples', { frames: { ...talentDefinition.frames, hopSamples: 2048 } }],
    ['/frames/fftSize', { frames: { ...talentDefinition.frames, fftSize: 1000 } }],
    ['/mel/maxHz', { sampleRate: 8000 }],
    ['/output/columns/0/take', { output: { kind: 'vector', columns: [{ name: 'tempo', of: { feature: 'tempo' }, take: 'mean' }] } }],
    ['/output/columns', { output: { kind: 'vector', columns: [] } }],
    ['"colour"', { colour: 'blue' }],
  ])('is refused with the place that is wrong: %s', (pointer, change) => {
    expect(() => defineProfile({ ...talentDefinition, ...change })).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
    expect(() => defineProfile({ ...talentDefinition, ...change })).toThrow(pointer);
  });
});

describe('canonical JSON', () => {
  it('sorts keys at every depth', () => expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}'));
});
