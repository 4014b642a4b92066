import { CheckedClips } from './checked-clips.js';
import { findDuplicates } from './copy-faults.js';
import { FoundFaults } from './found-faults.js';

describe('clips of the same audio', () => {
  /** So many clips, all of one audio or each of its own. */
  function checked(count: number, isSame: boolean): CheckedClips {
    const clips = new CheckedClips(count);
    for (let clip = 0; clip < count; clip++) {
      clips.audioOf[clip] = clips.audios.of(isSame ? 'one' : `${clip}`);
      clips.labelOf[clip] = clips.labels.of('a');
      clips.isUsable[clip] = 1;
    }
    return clips;
  }
  const msOf = (clips: CheckedClips, found: FoundFaults) => {
    const start = performance.now();
    findDuplicates(clips, found);
    return performance.now() - start;
  };

  it('are one fault, and as many as a dataset may have are found as quickly as different ones', () => {
    const count = 60_000;
    const [none, one] = [new FoundFaults(), new FoundFaults()];
    const differentMs = msOf(checked(count, false), none);
    expect(msOf(checked(count, true), one)).toBeLessThan(20 * differentMs + 200);
    expect(none.indexes).toEqual([]);
    expect(one.faults(new Map())).toMatchObject([{ kind: 'duplicate', count: 1, places: [{ what: '60000 clips are the same audio' }] }]);
  });
});
