import type { IncomingMessage } from 'node:http';

/** What the bodies of all requests together may take of this process's memory. Whoever gets none writes to disk at once, or is told to wait. */
export class HeldBytes {
  private held = 0;

  constructor(private readonly mostBytes: number) {}

  /** A part of it for one request. */
  share(): HeldShare {
    let mine = 0;
    return {
      take: (bytes) => {
        if (this.held + bytes > this.mostBytes) return false;
        this.held += bytes;
        mine += bytes;
        return true;
      },
      giveBack: () => {
        this.held -= mine;
        mine = 0;
      },
    };
  }
}

export interface HeldShare {
  /** Whether so many bytes more may be held. */
  take(bytes: number): boolean;
  /** What was taken is not held any more. */
  giveBack(): void;
}

const shares = new WeakMap<IncomingMessage, HeldShare>();

export function shareOut(request: IncomingMessage, share: HeldShare): void {
  shares.set(request, share);
}

/** What the request may hold of its body: nothing, where it has none. */
export function heldShareOf(request: IncomingMessage): HeldShare {
  return shares.get(request) ?? { take: () => false, giveBack: () => undefined };
}
