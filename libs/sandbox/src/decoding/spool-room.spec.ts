import { ScratchFolder } from '../testing/scratch-folder.js';
import { SpoolRoom } from './spool-room.js';

const folder = new ScratchFolder();
afterAll(() => folder.remove());

const gigabyte = 2 ** 30;
const { path } = folder.write('a.wav', Buffer.alloc(1_000));
const roomWith = (freeBytes: number) => new SpoolRoom(path, () => freeBytes);

describe('what a call leaves on the disk', () => {
  it('is as much as its clip may decode to: 1.25 GiB, and 200 bytes for each of its own', () => {
    const room = roomWith(100 * gigabyte);
    room.take(1.25 * gigabyte + 200_000, '/');
    expect(() => room.take(1, '/')).toThrow(
      expect.objectContaining({ code: 'COST_TOO_HIGH', members: { limit: 1.25 * gigabyte + 200_000 } }),
    );
  });

  it('leaves half a gigabyte of the disk to others', () => {
    expect(() => roomWith(0.5 * gigabyte).take(1, '/')).toThrow('STORAGE_FULL');
    roomWith(0.6 * gigabyte).take(1, '/');
  });

  it('is there again when it was given back', () => {
    const room = roomWith(100 * gigabyte);
    for (let n = 0; n < 3; n++) {
      room.take(gigabyte, '/');
      room.giveBack(gigabyte);
    }
  });

  it('asks the disk again after a while', () => {
    let free = 10 * gigabyte;
    const room = new SpoolRoom(path, () => free);
    room.take(1_000, '/');
    free = 0;
    room.take(1_000, '/');
    expect(() => room.take(64 * 2 ** 20, '/')).toThrow('STORAGE_FULL');
  });
});
