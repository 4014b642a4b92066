// What the gateway serves of the web app; what the app does in a browser is in tools/src/web.
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
}, 60_000);
afterAll(() => gateway?.close());

/** As a browser asks for what stands in its line of addresses. */
const opened = (path: string, url = gateway.url) =>
  fetch(new URL(path, url), { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });

describe('/ for a program', () => {
  it('is JSON that leads on', async () => {
    const response = await gateway.fetch('/', { headers: { accept: 'application/json' } });
    const index = await response.json();
    expect(index).toEqual({
      message: expect.any(String),
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      docs: '/docs',
      openapi: '/openapi.json',
      health: '/api/v1/health',
      name: 'Earshot',
      endpoints: expect.objectContaining({ predictions: '/api/v1/predictions' }),
    });
    for (const path of [index.docs, index.openapi, index.health]) expect((await gateway.fetch(path)).status).toBe(200);
    expect((await gateway.fetch('/favicon.ico')).headers.get('content-type')).toBe('image/svg+xml');
  });
});

describe('the web app', () => {
  it.each(['/', '/jobs', '/clips/0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a', '/datasets/birds.v2', '/predict', '/train'])(
    'is at %s for a browser',
    async (path) => {
      const response = await opened(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('<div id="app">');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('vary')).toContain('Accept');
    },
  );

  it.each(['/api/v1/nothing', '/api/v2/jobs', '/.env', '/assets/none.js', '/home/samples/none.wav', '/docs/none/'])(
    'is not at %s, which is no address of a screen',
    async (path) => expect((await opened(path)).status).toBe(404),
  );

  it.each(['/stats', '/health', '/version', '/api/metrics'])('leaves %s to those who always used it', async (path) => {
    const response = await opened(path);
    expect(response.headers.get('content-type')).toContain('application/json');
  });

  it('is not what a program gets that asks for a path that is none', async () => {
    expect((await fetch(new URL('/jobs', gateway.url))).status).toBe(404);
  });

  it('has scripts that are compressed, and kept for a year', async () => {
    const page = await (await opened('/')).text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
    const { headers } = await opened(script);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-encoding')).toMatch(/br|gzip/);
  });

  it('runs no script from elsewhere, and none that stands in the page', async () => {
    const policy = (await opened('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('https:');
  });

  it('can be installed', async () => {
    const manifest = await (await opened('/manifest.webmanifest')).json();
    for (const { src } of manifest.icons) expect((await opened(src)).status).toBe(200);
    expect(manifest).toMatchObject({ name: 'Earshot', start_url: '/', display: 'standalone' });
  });

  it('is shown by a server that wants keys, which shows nothing else', async () => {
    const locked = await startTestGateway({ EARSHOT_ACCESS: 'keys', EARSHOT_ADMIN_KEY: 'a-key-of-more-than-24-characters' });
    try {
      expect((await opened('/jobs', locked.url)).status).toBe(200);
      expect((await opened('/stats', locked.url)).status).toBe(401);
      expect((await opened('/api/v1/jobs', locked.url)).status).toBe(401);
    } finally {
      await locked.close();
    }
  }, 60_000);
});
