import { FailedKeys } from './failed-keys.js';

describe('wrong keys', () => {
  let nowMs = 0;
  let failed: FailedKeys;
  const hear = (address: string, holder: string | null) => failed.hear(address, holder);
  const guesses = (address: string, count: number) => Array.from({ length: count }, () => hear(address, null));
  beforeEach(() => {
    nowMs = 0;
    failed = new FailedKeys(() => nowMs);
  });

  it('may come twenty times, and then one a second', () => {
    guesses('10.0.0.1', 20);
    expect(() => hear('10.0.0.1', null)).toThrow(expect.objectContaining({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 1 }));
    nowMs = 1_000;
    hear('10.0.0.1', null);
    expect(() => hear('10.0.0.1', null)).toThrow('TOO_MANY_ATTEMPTS');
  });

  it('hold up no other address', () => {
    guesses('10.0.0.1', 20);
    hear('10.0.0.2', null);
  });

  it('do not say whether a further one would have been right', () => {
    guesses('10.0.0.1', 20);
    expect(() => hear('10.0.0.1', 'mobile')).toThrow('TOO_MANY_ATTEMPTS');
  });

  it('do not hold up those who work behind the same address, however many they are', () => {
    for (const holder of ['mobile', 'batch']) hear('10.0.0.1', holder);
    guesses('10.0.0.1', 20);
    for (const holder of ['mobile', 'batch', 'mobile']) hear('10.0.0.1', holder);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:1:2:3'],
    ['2001:db8::1', '2001:db8::2'],
    ['fe80::1', 'fe80::2:1'],
  ])('of one network of IPv6 (%s, %s) are of one sender', (one, other) => {
    guesses(one, 20);
    expect(() => hear(other, null)).toThrow('TOO_MANY_ATTEMPTS');
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.2'],
  ])('of %s hold up nobody at %s', (one, other) => {
    guesses(one, 20);
    hear(other, null);
  });
});
