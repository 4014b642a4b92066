/** A piece takes some 500 bytes beside its own: so many of them are made one. */
const mostPieces = 256;

/** What comes in pieces, and takes little more than its bytes however small they are. */
export class Pieces {
  private readonly joined: Uint8Array[] = [];
  private latest: Uint8Array[] = [];

  push(piece: Uint8Array): void {
    this.latest.push(piece);
    if (this.latest.length < mostPieces) return;
    this.joined.push(Buffer.concat(this.latest));
    this.latest = [];
  }

  /** All there is, in order; nothing is left here. */
  takeAll(): Uint8Array[] {
    return [...this.joined.splice(0), ...this.latest.splice(0)];
  }

  /** As one, which stays here. It has a memory of its own: a small file may be a view of what came beside it, a thousand times its size. */
  whole(): Uint8Array {
    const all = this.takeAll();
    const [one = Buffer.alloc(0)] = all;
    const whole = all.length === 1 && one.byteLength === one.buffer.byteLength ? one : new Uint8Array(Buffer.concat(all));
    this.joined.push(whole);
    return whole;
  }
}
