/**
 * Puts `places` (whole numbers from 0 to below `size`, none twice) in ascending order, with what is `held` at each, and compares none of
 * them: each sets its bit, then the bits are read off. A second level, one bit for each word of 32, skips words without one; so few places
 * among very many cost size / 1024 steps beside their own. Below some twenty, insertion is faster.
 */
export class PlaceOrder {
  readonly places: Int32Array;
  readonly held: Int32Array;
  private readonly words: Int32Array;
  private readonly filledWords: Int32Array;
  private readonly heldAt: Int32Array;

  constructor(size: number) {
    this.places = new Int32Array(size);
    this.held = new Int32Array(size);
    this.words = new Int32Array(Math.ceil(size / 32));
    this.filledWords = new Int32Array(Math.ceil(size / 1024));
    this.heldAt = new Int32Array(size);
  }

  /** The first `count`, in place. */
  sort(count: number): void {
    if (count <= 24) this.sortByInsertion(count);
    else this.sortByBits(count);
  }

  private sortByBits(count: number): void {
    const { places, held, words, filledWords, heldAt } = this;
    for (let i = 0; i < count; i++) {
      const place = places[i]!;
      words[place >> 5]! |= 1 << (place & 31);
      filledWords[place >> 10]! |= 1 << ((place >> 5) & 31);
      heldAt[place] = held[i]!;
    }
    let at = 0;
    for (let block = 0; block < filledWords.length; block++) {
      for (let filled = filledWords[block]!; filled !== 0; filled &= filled - 1) {
        const word = (block << 5) + lowestBit(filled);
        for (let bits = words[word]!; bits !== 0; bits &= bits - 1) {
          const place = (word << 5) + lowestBit(bits);
          places[at] = place;
          held[at++] = heldAt[place]!;
        }
        words[word] = 0;
      }
      filledWords[block] = 0;
    }
  }

  private sortByInsertion(count: number): void {
    const { places, held } = this;
    for (let i = 1; i < count; i++) {
      const place = places[i]!;
      const ofPlace = held[i]!;
      let at = i;
      for (; at > 0 && places[at - 1]! > place; at--) {
        places[at] = places[at - 1]!;
        held[at] = held[at - 1]!;
      }
      places[at] = place;
      held[at] = ofPlace;
    }
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
