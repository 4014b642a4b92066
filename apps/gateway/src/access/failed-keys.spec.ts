import { FailedKeys } from './failed-keys.js';

describe('wrong keys', () => {
  let nowMs = 0;
  let failed: FailedKeys;
  const guess = (address: string, key = 'wrong') => {
    failed.admit(address, key);
    failed.note(address, key, key === 'right');
  };
  const guesses = (address: string, count: number) => Array.from({ length: count }, () => guess(address));
  beforeEach(() => {
    nowMs = 0;
    failed = new FailedKeys(() => nowMs);
  });

  it('may come twenty times, and then one a second', () => {
    guesses('10.0.0.1', 20);
    expect(() => guess('10.0.0.1')).toThrow(expect.objectContaining({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 1 }));
    nowMs = 1_000;
    guess('10.0.0.1');
    expect(() => guess('10.0.0.1')).toThrow('TOO_MANY_ATTEMPTS');
  });

  it('hold up no other address', () => {
    guesses('10.0.0.1', 20);
    guess('10.0.0.2');
  });

  it('do not say whether a further one would have been right', () => {
    guesses('10.0.0.1', 20);
    expect(() => guess('10.0.0.1', 'right')).toThrow('TOO_MANY_ATTEMPTS');
  });

  it('do not hold up whoever works behind the same address', () => {
    guess('10.0.0.1', 'right');
    guesses('10.0.0.1', 20);
    guess('10.0.0.1', 'right');
  });
});
