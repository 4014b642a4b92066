// A library that nobody made an index of gets one, by a gateway that knows of a Chroma.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobResource } from '@earshot/contracts';
import { tone } from '../testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

describe('the first index of a library', () => {
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
  const untilAsked = async () => {
    for (const endMs = Date.now() + 30_000; (await rebuilds()).length < 2 && Date.now() < endMs; ) await sleep(200);
    return rebuilds();
  };
  /** As if the last change were a while ago. */
  const calm = () => gateway.database.prisma.dataset.updateMany({ data: { updatedAt: new Date(Date.now() - 60_000) } });

  it('is made when nothing has been added for a while, by each embedder and once', async () => {
    await gateway.fetch('/api/v1/library/clips', { method: 'POST', body: formOf(['a.wav', tone(300)]) });
    await sleep(2_500); // it was looked at meanwhile
    expect(await rebuilds()).toEqual([]);
    await calm();
    const asked = await untilAsked();
    expect(asked.map(({ kind }) => kind)).toEqual(['rebuild-index', 'rebuild-index']);
    await sleep(2_500);
    expect(await rebuilds()).toHaveLength(2);
  }, 60_000);
});
