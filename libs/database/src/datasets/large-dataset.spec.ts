import { freshDatabase } from '../testing/fresh-database.js';
import { rowsRead } from '../testing/rows-read.js';
import { type Workspace, Workspaces } from '../workspace.js';

const clips = 60_000;
const page = 2_000;

describe('a page of what is said of a large dataset', () => {
  const fresh = freshDatabase({ isFilledByHand: true });
  const clipOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const changes = (label: string) => Array.from({ length: page }, (_, n) => ({ clipId: clipOf(n + 1), label }));

  beforeEach(async () => {
    await fresh.workspace.datasets.create({ name: 'large' });
    const fill = `
      with numbers as (select n, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid as id from generate_series(1, ${clips}) n),
      blobs as (insert into blob (workspace_id, sha256, size_bytes, "references") select $1, lpad(n::text, 64, '0'), 1, 1 from numbers),
      clips as (
        insert into clip (id, workspace_id, sha256, filename, size_bytes, created_at)
        select id, $1, lpad(n::text, 64, '0'), 'a.wav', 1, now() from numbers)
      insert into dataset_entry (dataset_id, clip_id, workspace_id, label)
      select (select id from dataset), id, $1, 'old' from numbers`;
    await fresh.database.run({ name: '', text: fill }, [fresh.workspace.id]);
    await fresh.database.run({ name: '', text: 'vacuum analyze' }, []);
  });

  const asked = <Told>(work: (datasets: Workspace['datasets']) => Promise<Told>) =>
    rowsRead(fresh.database.options, async (database) => work((await new Workspaces(database).named('default')).datasets));

  it.each([
    ['others', 'new', page],
    ['the same', 'old', 0],
  ])('reads no other entries when it says %s', async (_name, label, changed) => {
    const { told, rows } = await asked((datasets) => datasets.put('large', changes(label)));
    expect(told).toEqual({ added: 0, changed, known: page });
    expect(rows).toBeLessThan(10 * page);
  });

  it('reads no other entries when it takes them out', async () => {
    const ids = changes('').map(({ clipId }) => clipId);
    const { told, rows } = await asked((datasets) => datasets.remove('large', ids));
    expect(told).toBe(page);
    expect(rows).toBeLessThan(10 * page);
  });
});
