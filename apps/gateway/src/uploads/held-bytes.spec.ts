import { HeldBytes } from './held-bytes.js';

describe('what is held in memory', () => {
  const hundredPieces = () => new HeldBytes(100 * 1_512);

  it('is given to whoever asks first, until it is all given', () => {
    const held = hundredPieces();
    const [one, other] = [held.share(), held.share()];
    for (let n = 0; n < 60; n++) expect(one.take(1_000)).toBe(true);
    for (let n = 0; n < 40; n++) expect(other.take(1_000)).toBe(true);
    expect(one.take(1)).toBe(false);
    expect(other.take(1)).toBe(false);
  });

  it('is there for others once it is given back, once', () => {
    const held = hundredPieces();
    const [one, other] = [held.share(), held.share()];
    one.take(140_000);
    one.giveBack();
    one.giveBack();
    expect(other.take(140_000)).toBe(true);
    expect(one.take(140_000)).toBe(false);
  });

  it('counts what a piece takes beside its bytes', () => {
    const share = new HeldBytes(1_000_000).share();
    let pieces = 0;
    while (share.take(1)) pieces += 1;
    expect(pieces).toBeLessThan(2_000);
  });
});
