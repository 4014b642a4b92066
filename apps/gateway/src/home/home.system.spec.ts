// The page as a browser shows it: Debian's chromium, a real gateway, the built extractor.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { source as axeSource } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startExtractor } from '../testing/extractor-process.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
let extractor: Awaited<ReturnType<typeof startExtractor>>;
let browser: Browser;
beforeAll(async () => {
  gateway = await startTestGateway();
  extractor = await startExtractor(gateway);
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await extractor?.stop();
  await gateway?.close();
});

/** A page of its own, and what its console complains of: a refusal by the content security policy is such a complaint. */
async function opened(options: BrowserContextOptions = {}, url = gateway.url): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}

/** Drops a file as a hand does, with the bytes of one of the page's own sounds. */
async function drop(page: Page, name: string, body?: string): Promise<void> {
  await page.evaluate(
    async ([filename, text]) => {
      const bytes = text ?? (await (await fetch('/home/samples/drum-loop.wav')).blob());
      const carried = new DataTransfer();
      carried.items.add(new File([bytes], filename ?? ''));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
    },
    [name, body] as const,
  );
}

const shown = (page: Page) => page.locator('#result').waitFor({ timeout: 20_000 });
const textOf = (page: Page, field: string) => page.locator(`[data-field="${field}"]`).textContent();

describe('the page at /', () => {
  it('shows of a dropped file its pictures, its facts and its features by name', async () => {
    const { page, complaints } = await opened();
    await drop(page, 'my "loop".wav');
    await shown(page);
    expect(await page.locator('#filename').textContent()).toBe('my "loop".wav');
    expect(await textOf(page, 'duration')).toBe('8.00 s');
    expect(await textOf(page, 'tempo')).toContain('123.0');
    expect(await page.locator('#spectrogram').evaluate((image: HTMLImageElement) => image.naturalHeight)).toBe(128);
    expect(await page.locator('#waveform path').getAttribute('d')).toMatch(/^M0 0L0\.5 /);
    expect(await page.locator('#hertz span').allTextContents()).toContain('4 kHz');
    expect(await page.locator('#seconds span').allTextContents()).toEqual(['0 s', '2 s', '4 s', '6 s']);
    expect(await page.locator('#chroma li').count()).toBe(12);
    expect(await page.locator('#features [scope="row"]').count()).toBe(45);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('shows requests that work when they are copied into a terminal', async () => {
    const { page } = await opened();
    await page.locator('[data-sample="chord"]').click();
    await shown(page);
    const answers = await Promise.all(
      ['describe', 'features', 'profile'].map(async (name) => {
        const line = (await page.locator(`[data-curl="${name}"] pre`).textContent()) ?? '';
        return JSON.parse((await promisify(execFile)('sh', ['-c', line])).stdout);
      }),
    );
    expect(answers[0].items[0]).toMatchObject({ filename: 'chord.wav', result: { durationSeconds: 4 } });
    expect(answers[1].items[0].result.vectors[0].values).toHaveLength(45);
    expect(answers[2].columns).toHaveLength(45);
  }, 60_000);

  it('plays the sound, and moves a line over both pictures', async () => {
    const { page, complaints } = await opened();
    await page.locator('[data-sample="rising-tone"]').click();
    await shown(page);
    await page.locator('#waveform').click();
    await page.locator('.is-heard').waitFor();
    const lefts = await page
      .locator('.playhead')
      .evaluateAll((lines) => lines.map((line) => Number.parseFloat((line as HTMLElement).style.left)));
    for (const left of lefts) expect(left).toBeCloseTo(50, 0);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('says of a file that is no audio what is wrong, and where that is explained', async () => {
    const { page } = await opened();
    await drop(page, 'notes.txt', 'no sound at all');
    await page.locator('#failure').waitFor();
    expect(await textOf(page, 'title')).toBe('The file is of no audio format that is supported');
    expect(await page.locator('#failure a').getAttribute('href')).toBe('/docs/errors#AUDIO_FORMAT_UNKNOWN');
    expect(await textOf(page, 'request')).toMatch(/^request [0-9a-f-]{36}$/);
  }, 60_000);

  it('says that the server cannot be reached, and goes on when it can', async () => {
    const { page } = await opened();
    await page.context().setOffline(true);
    await page.locator('[data-sample="chord"]').click();
    await page.locator('#failure').waitFor();
    expect(await textOf(page, 'title')).toBe('The server cannot be reached');
    await page.context().setOffline(false);
    await page.locator('#retry').click();
    await shown(page);
  }, 60_000);

  it.each([
    [1440, 'light'],
    [1440, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)(
    'fits %i pixels in %s colours, without a fault that axe finds',
    async (width, colorScheme) => {
      const { page } = await opened({ viewport: { width, height: 844 }, colorScheme, bypassCSP: true });
      await page.locator('[data-sample="drum-loop"]').click();
      await shown(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.addScriptTag({ content: axeSource });
      const found = await page.evaluate(async () => (await (window as unknown as { axe: typeof import('axe-core') }).axe.run()).violations);
      expect(found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    },
    60_000,
  );
});

describe('the page of a server that wants keys', () => {
  it('asks for the key once, and keeps it in the tab', async () => {
    const key = 'a-key-of-more-than-24-characters';
    const locked = await startTestGateway({ EARSHOT_ACCESS: 'keys', EARSHOT_ADMIN_KEY: key });
    const worker = await startExtractor(locked);
    try {
      const { page } = await opened({}, locked.url);
      await page.locator('[data-sample="chord"]').click();
      await page.locator('#key').waitFor();
      await page.locator('#key-text').fill(key);
      await page.locator('#key button').click();
      await shown(page);
      expect(await page.locator('[data-curl="describe"] pre').textContent()).toContain('Authorization: Bearer $EARSHOT_KEY');
    } finally {
      await worker.stop();
      await locked.close();
    }
  }, 60_000);
});

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
