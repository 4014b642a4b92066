import { joined } from '../joined.js';
import { findOggPage, type OggPage, readOggPage } from './ogg-page.js';
import type { Pieces } from './pieces.js';

/** Gives the pages of an Ogg file as its bytes come; what lies between pages is passed over. */
export class OggPages {
  private pending: Uint8Array = new Uint8Array(0);

  /** The pages that are whole with these bytes; they last until the next call. */
  *of(bytes: Uint8Array): Generator<OggPage> {
    const all = this.pending.length > 0 ? joined(this.pending, bytes) : bytes;
    let at = 0;
    for (;;) {
      at = findOggPage(all, at);
      const page = readOggPage(all, at);
      if (page === null || page === 'incomplete') break;
      yield page;
      at += page.byteCount;
    }
    this.pending = new Uint8Array(all.subarray(at));
  }
}

const maxPieceBytes = 32_768;
const maxPiecePackets = 1024;

/**
 * Pieces of whole pages, of 32 kB, or of a thousand packets (each of which may be one byte and give 4096 samples of each channel), each stream beginning one. In smaller
 * pieces, or cut anywhere, the Ogg parser of libvorbis' package takes half as long as libvorbis.
 */
export class PagePieces implements Pieces {
  private pending: Uint8Array = new Uint8Array(0);
  /** Of the pending bytes, those of whole pages. */
  private wholeBytes = 0;

  *of(bytes: Uint8Array): Generator<Uint8Array> {
    const all = this.pending.length > 0 ? joined(this.pending, bytes) : bytes;
    let [from, at, packets] = [0, 0, 0];
    for (;;) {
      const page = readOggPage(all, at);
      if (page === 'incomplete') break;
      const end = page ? at + page.byteCount : findOggPage(all, at + 1);
      const more = page ? packetsOn(page) : 0;
      if (at > from && (page?.isFirst || end - from > maxPieceBytes || packets + more > maxPiecePackets)) {
        yield all.subarray(from, at);
        [from, packets] = [at, 0];
      }
      packets += more;
      at = end;
    }
    this.pending = new Uint8Array(all.subarray(from));
    this.wholeBytes = at - from;
  }

  /** Without a page that the end of the file cuts: the parser would take what is missing from other memory, and libvorbis make noise of it. */
  rest(): Uint8Array {
    return this.pending.subarray(0, this.wholeBytes);
  }
}

/** That end on the page. */
const packetsOn = ({ lacing }: OggPage): number => lacing.reduce((count, length) => (length < 255 ? count + 1 : count), 0);
