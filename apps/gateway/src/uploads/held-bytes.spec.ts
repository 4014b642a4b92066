import { HeldBytes } from './held-bytes.js';

describe('what is held in memory', () => {
  it('is given to whoever asks first, until it is all given', () => {
    const held = new HeldBytes(100);
    const [one, other] = [held.share(), held.share()];
    expect(one.take(60)).toBe(true);
    expect(other.take(41)).toBe(false);
    expect(other.take(40)).toBe(true);
    expect(one.take(1)).toBe(false);
  });

  it('is there for others once it is given back, once', () => {
    const held = new HeldBytes(100);
    const [one, other] = [held.share(), held.share()];
    one.take(100);
    one.giveBack();
    one.giveBack();
    expect(other.take(100)).toBe(true);
    expect(one.take(1)).toBe(false);
  });
});
