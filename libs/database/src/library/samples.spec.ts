import { Acceptor, type NewClip } from '../hot/accept.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { sampleClip, sampleJob, sampleKey, sampleRequest } from '../testing/sample.js';

describe('samples', () => {
  const fresh = freshDatabase();
  const samples = () => fresh.workspace.samples;

  async function clips(...contents: string[]): Promise<NewClip[]> {
    const made = contents.map((content) => sampleClip(content));
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, made, { job: null }));
    return made;
  }
  const names = async (filter: object) => (await samples().page(filter, null, 10)).map(({ filename }) => filename).sort();

  it('are entries of the dataset `library` with more that is said of each', async () => {
    const [a, b] = await clips('a', 'b');
    const said = { tags: ['loop', 'dark'], licence: 'CC0', author: 'me', source: 'pack', url: 'https://a.test', metadata: { bpm: 128 } };
    const changes = [{ clipId: a!.id, label: 'techno', group: 'g', ...said }, { clipId: b!.id }];
    expect(await samples().put(changes)).toEqual({ added: 2, changed: 0, known: 0 });
    expect(await samples().get(a!.id)).toMatchObject({ genre: 'techno', group: 'g', ...said, durationSeconds: null, filename: 'a.wav' });
    expect(await samples().get(b!.id)).toMatchObject({ genre: null, tags: [], licence: null, metadata: {} });
    expect(await fresh.workspace.datasets.labels('library')).toEqual([
      { label: 'techno', clips: 1 },
      { label: null, clips: 1 },
    ]);
    expect(await samples().put(changes)).toEqual({ added: 0, changed: 0, known: 2 });
    expect(await fresh.workspace.datasets.freeze('library')).toMatchObject({ clips: 1, labels: { techno: 1 } });
  });

  it('come with each entry and go with it, whichever way that is', async () => {
    const [a, b, c, d] = await clips('a', 'b', 'c', 'd');
    await fresh.workspace.datasets.create({ name: 'library' });
    await fresh.workspace.datasets.put(
      'library',
      [a, b, c, d].map((clip) => ({ clipId: clip!.id, label: 'house' })),
    );
    expect(await names({})).toEqual(['a.wav', 'b.wav', 'c.wav', 'd.wav']);
    await fresh.workspace.clips.delete(a!.id, { force: false });
    await fresh.workspace.datasets.remove('library', [b!.id]);
    await samples().remove(c!.id);
    expect(await names({})).toEqual(['d.wav']);
    await expect(samples().remove(c!.id)).rejects.toMatchObject({ code: 'SAMPLE_NOT_FOUND' });
    await expect(samples().change(a!.id, { tags: [] })).rejects.toMatchObject({ code: 'SAMPLE_NOT_FOUND' });
    expect(await fresh.workspace.clips.get(c!.id)).toMatchObject({ filename: 'c.wav' });
    await fresh.workspace.datasets.delete('library');
    expect(await fresh.database.run({ name: '', text: 'select 1 from sample' }, [])).toEqual([]);
  });

  it('keep what a change does not name, and count each change, those of the entry among them', async () => {
    const [a] = await clips('a');
    await samples().put([{ clipId: a!.id, label: 'dubstep', licence: 'CC0', tags: ['x'] }]);
    const { revision } = await samples().get(a!.id);
    const changed = await samples().change(a!.id, { licence: null, author: 'me' }, { revision });
    expect(changed).toMatchObject({
      genre: 'dubstep',
      licence: null,
      author: 'me',
      tags: ['x'],
      revision: revision + 1,
    });
    await fresh.workspace.datasets.relabel('library', [{ clipId: a!.id, label: 'house' }]);
    expect(await samples().get(a!.id)).toMatchObject({ genre: 'house', revision: revision + 2 });
    expect(await samples().change(a!.id, { author: 'me' })).toMatchObject({ revision: revision + 2 });
    const stale = { code: 'PRECONDITION_FAILED' };
    await expect(samples().change(a!.id, { author: 'you' }, { revision })).rejects.toMatchObject(stale);
    await expect(samples().remove(a!.id, { revision })).rejects.toMatchObject(stale);
  });

  it('are found by what is said of them', async () => {
    const [a, b, c] = await clips('Kick 1', 'kick 2', 'snare_100%');
    await samples().put([
      { clipId: a!.id, label: 'techno', tags: ['dry', 'loud'], licence: 'CC0', author: 'x' },
      { clipId: b!.id, label: 'techno', tags: ['dry'] },
      { clipId: c!.id, label: 'house' },
    ]);
    const measured = { recipe: 'r', shape: [1], facts: { durationSeconds: 2.5 }, place: { bytes: new Uint8Array(4) } };
    await fresh.workspace.derived.keep([{ ...measured, sha256: b!.sha256 }], []);
    expect(await names({ genre: 'techno' })).toEqual(['Kick 1.wav', 'kick 2.wav']);
    expect(await names({ tags: ['loud', 'dry'] })).toEqual(['Kick 1.wav']);
    expect(await names({ licence: 'CC0', author: 'x' })).toEqual(['Kick 1.wav']);
    expect(await names({ text: 'KICK' })).toEqual(['Kick 1.wav', 'kick 2.wav']);
    expect(await names({ text: '0%' })).toEqual(['snare_100%.wav']);
    expect(await names({ minSeconds: 2, maxSeconds: 3 })).toEqual(['kick 2.wav']);
    expect(await names({ sha256: c!.sha256 })).toEqual(['snare_100%.wav']);
    const first = await samples().page({}, null, 2);
    const second = await samples().page({}, first[1]!.clipId, 2);
    expect([...first, ...second].map(({ clipId }) => clipId)).toEqual([a!.id, b!.id, c!.id].sort());
  });

  it('are counted by what is said of them', async () => {
    expect(await samples().stats()).toEqual({ samples: 0, genres: [], tags: [], licences: [], authors: [], durations: null });
    const [a, b, c] = await clips('a', 'b', 'c');
    await samples().put([
      { clipId: a!.id, label: 'techno', tags: ['x', 'y'], licence: 'CC0' },
      { clipId: b!.id, label: 'techno', tags: ['x'] },
      { clipId: c!.id },
    ]);
    const measured = (clip: NewClip | undefined, durationSeconds: number) => ({
      sha256: clip!.sha256,
      recipe: 'r',
      shape: [1],
      facts: { durationSeconds },
      place: { bytes: new Uint8Array(4) },
    });
    await fresh.workspace.derived.keep([measured(a, 1), measured(b, 4)], []);
    expect(await samples().stats()).toEqual({
      samples: 3,
      genres: [
        { word: 'techno', samples: 2 },
        { word: null, samples: 1 },
      ],
      tags: [
        { word: 'x', samples: 2 },
        { word: 'y', samples: 1 },
      ],
      licences: [
        { word: null, samples: 2 },
        { word: 'CC0', samples: 1 },
      ],
      authors: [{ word: null, samples: 3 }],
      durations: { samples: 2, totalSeconds: 5, shortestSeconds: 1, medianSeconds: 2.5, longestSeconds: 4 },
    });
    expect(await samples().ofBytes([a!.sha256, 'none'])).toEqual(new Map([[a!.sha256, a!.id]]));
  });

  it('are uploaded with their job and their key, or nothing of them', async () => {
    const upload = () => {
      const request = sampleRequest(fresh.workspace.id, [sampleClip('a')], { job: sampleJob(), keyed: sampleKey('k') });
      return samples().upload(request, [{ label: 'techno', tags: ['x'] }]);
    };
    const both = await Promise.all([upload(), upload()]);
    expect(both.map(({ accepted }) => accepted).sort()).toEqual([false, true]);
    expect(both.find(({ accepted }) => accepted)).toMatchObject({ tasks: [{ queue: 'extract' }] });
    expect(await samples().page({}, null, 10)).toMatchObject([{ genre: 'techno', tags: ['x'] }]);
    expect(await fresh.workspace.clips.page(null, 10)).toHaveLength(1);
  });

  it('are one for the same bytes, by however many these are uploaded at once, and while it is deleted', async () => {
    const upload = (...contents: string[]) => {
      const clips = contents.map((content) => sampleClip(content));
      return samples().upload(
        sampleRequest(fresh.workspace.id, clips),
        clips.map((_, i) => ({ label: `${i}` })),
      );
    };
    await Promise.all([upload('a', 'b'), upload('b', 'a'), upload('a', 'a'), upload('c')]);
    expect(await names({})).toEqual(['a.wav', 'b.wav', 'c.wav']);
    for (let round = 0; round < 5; round++) {
      const [a] = await samples().page({ text: 'a.wav' }, null, 1);
      await Promise.all([fresh.workspace.clips.delete(a!.clipId, { force: true }), upload('a', 'c'), upload('a')]);
      await upload('a');
      expect(await names({})).toEqual(['a.wav', 'b.wav', 'c.wav']);
    }
  });

  it('are another workspace’s own', async () => {
    const [a] = await clips('a');
    const { Workspaces } = await import('../workspace.js');
    const other = await new Workspaces(fresh.database).named('other');
    await expect(other.samples.put([{ clipId: a!.id }])).rejects.toMatchObject({ code: 'CLIP_NOT_FOUND' });
    await samples().put([{ clipId: a!.id }]);
    expect(await other.samples.page({}, null, 10)).toEqual([]);
    await expect(other.samples.get(a!.id)).rejects.toMatchObject({ code: 'SAMPLE_NOT_FOUND' });
  });
});
