import { createReadStream, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { decodedPipe } from '../pool/messages.js';

/** How a function has a file decoded by ffmpeg: the parent has it started beside the child, and tells when there is a pipe to read from. */
export class Decoding {
  private onBegun: () => void = () => {};

  constructor(
    private readonly ownFolder: string,
    private readonly ask: (path: string) => void,
  ) {}

  async decode(callId: number, path: string): Promise<Readable> {
    const begun = new Promise<void>((resolve) => (this.onBegun = resolve));
    this.ask(path);
    await begun;
    const pipe = decodedPipe(this.ownFolder, callId);
    return createReadStream(pipe).once('open', () => rmSync(pipe));
  }

  begun(): void {
    this.onBegun();
  }
}
