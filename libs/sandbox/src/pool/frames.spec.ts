import { FrameReader, frameOf } from './frames.js';

describe('messages over a socket', () => {
  const messages = [{ kind: 'ready' }, { kind: 'result', bytes: Uint8Array.of(1, 2, 3) }, 'x'.repeat(5_000), null];
  const bytes = Buffer.concat(messages.map(frameOf));

  it.each([1, 3, 7, 1_000, bytes.length])('are whole again after they came in pieces of %i bytes', (pieceBytes) => {
    const reader = new FrameReader();
    const read: unknown[] = [];
    for (let at = 0; at < bytes.length; at += pieceBytes) read.push(...reader.read(bytes.subarray(at, at + pieceBytes)));
    expect(read).toEqual([{ kind: 'ready' }, { kind: 'result', bytes: Uint8Array.of(1, 2, 3) }, messages[2], null]);
  });

  it('are refused as soon as their length is known, when it is over the limit', () => {
    const reader = new FrameReader(1_000);
    expect([...reader.read(frameOf('short'))]).toEqual(['short']);
    expect(() => [...reader.read(frameOf('x'.repeat(2_000)).subarray(0, 4))]).toThrow('2');
  });

  it('are refused when their bytes are none', () => {
    expect(() => [...new FrameReader().read(Buffer.of(3, 0, 0, 0, 7, 7, 7))]).toThrow();
  });
});
