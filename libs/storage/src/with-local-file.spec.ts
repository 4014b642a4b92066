import { jest } from '@jest/globals';
import { withLocalFile } from './with-local-file.js';

const ref = { workspaceId: 'w', sha256: 'a'.repeat(64) };

function lending() {
  const release = jest.fn(async () => undefined);
  return { release, store: { localFile: async () => ({ path: '/a', release }) } };
}

describe('a blob that is lent as a file', () => {
  it('is given back once it was used', async () => {
    const { store, release } = lending();
    const used = await withLocalFile(store, ref, async (path) => {
      expect(release).not.toHaveBeenCalled();
      return `${path} read`;
    });
    expect(used).toBe('/a read');
    expect(release).toHaveBeenCalledTimes(1);
  });

  it('is given back when its use fails, with that failure', async () => {
    const { store, release } = lending();
    await expect(withLocalFile(store, ref, () => Promise.reject(new Error('unreadable')))).rejects.toThrow('unreadable');
    expect(release).toHaveBeenCalledTimes(1);
  });
});
