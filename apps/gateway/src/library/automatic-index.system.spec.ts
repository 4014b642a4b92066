// Which indexes a gateway that knows of a Chroma asks for by itself.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobResource } from '@earshot/contracts';
import { IndexUpkeep, Workspaces } from '@earshot/database';
import { tone } from '../testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

describe('the index of a library', () => {
  let gateway: TestGateway;
  let chroma: Server;
  beforeAll(async () => {
    // It lives and does nothing else: only who asks for the index is looked at.
    chroma = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"nanosecond heartbeat":1}'),
    );
    await once(chroma.listen(0, '127.0.0.1'), 'listening');
    gateway = await startTestGateway({ CHROMA_URL: `http://127.0.0.1:${Object(chroma.address()).port}` });
  }, 60_000);
  afterAll(async () => {
    await gateway.close();
    chroma.close();
  });

  const rebuilds = async (): Promise<JobResource[]> => (await (await gateway.fetch('/api/v1/jobs?kind=rebuild-index')).json()).items;
  const untilAsked = async (times: number) => {
    for (const endMs = Date.now() + 30_000; (await rebuilds()).length < times && Date.now() < endMs; ) await sleep(200);
    return rebuilds();
  };
  /** As if the last change were a while ago. */
  const calm = () => gateway.database.prisma.dataset.updateMany({ data: { updatedAt: new Date(Date.now() - 60_000) } });

  it('is made when nothing has been added for a while, by each embedder and once', async () => {
    await gateway.fetch('/api/v1/library/clips', { method: 'POST', body: formOf(['a.wav', tone(300)]) });
    await sleep(2_500); // it was looked at meanwhile
    expect(await rebuilds()).toEqual([]);
    await calm();
    const asked = await untilAsked(2);
    expect(asked.map(({ kind }) => kind)).toEqual(['rebuild-index', 'rebuild-index']);
    await sleep(2_500);
    expect(await rebuilds()).toHaveLength(2);
  }, 60_000);

  it('is made again when the library has twice as many samples as it was fitted on', async () => {
    const workspace = await new Workspaces(gateway.database).named('default');
    for (const embedder of ['sound-97@1', 'electro-45@1']) {
      const id = randomUUID();
      await workspace.indexes.create({ id, embedder, metric: 'cosine', jobId: null });
      await new IndexUpkeep(gateway.database).report(id, { samples: 1, withoutVector: 0 });
      const alias = { workspaceId: workspace.id, scope: `index:${embedder}`, name: 'live', target: id, version: 1 };
      await gateway.database.prisma.alias.create({ data: alias });
    }
    await sleep(2_500);
    expect(await rebuilds()).toHaveLength(2); // one sample, as there was
    await gateway.fetch('/api/v1/library/clips', { method: 'POST', body: formOf(['b.wav', tone(400)]) });
    await calm();
    expect(await untilAsked(4)).toHaveLength(4);
    await sleep(2_500);
    expect(await rebuilds()).toHaveLength(4);
  }, 60_000);
});
