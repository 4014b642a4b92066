import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { sampleChange } from '@earshot/contracts';
import { downloadFreesound } from './download-freesound.js';
import { FreesoundApi } from './freesound-api.js';

const key = 'the key';
const licences = {
  cc0: 'http://creativecommons.org/publicdomain/zero/1.0/',
  by: 'https://creativecommons.org/licenses/by/4.0/',
  'by-nc': 'http://creativecommons.org/licenses/by-nc/3.0/',
};
const audio = Buffer.from(wavFile([new Float32Array(100)], { sampleRate: 8_000 }));

/** Answers what is next in its list; then as usual. */
type Fault = (response: ServerResponse) => unknown;

/** Freesound's API with seven sounds, two on a page; the previews are on a port of their own. */
class StandIn {
  readonly requests: { url: URL; authorization: string | undefined }[] = [];
  readonly faults: { search: Fault[]; preview: Fault[] } = { search: [], preview: [] };
  readonly pauses: number[] = [];
  private readonly servers: Server[] = [];
  api!: FreesoundApi;
  private urls: string[] = [];

  get url(): string {
    return this.urls[0] ?? '';
  }

  async start(): Promise<void> {
    for (const answer of [this.search, this.preview]) {
      const server = createServer((request, response) => {
        const url = new URL(request.url ?? '/', 'http://stand.in');
        this.requests.push({ url, authorization: request.headers.authorization });
        answer.call(this, request, response, url);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      this.servers.push(server);
      this.urls.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    }
    this.api = new FreesoundApi({ url: this.url, key }, async (ms) => this.pauses.push(ms));
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await new Promise((resolve) => server.close(resolve));
  }

  private search(request: IncomingMessage, response: ServerResponse, url: URL): unknown {
    const fault = this.faults.search.shift();
    if (fault !== undefined) return fault(response);
    if (request.headers.authorization !== `Token ${key}`) return answer(response, 401, { detail: 'Invalid token' });
    if (url.pathname !== '/apiv2/search/') return answer(response, 404, {});
    const page = Number(url.searchParams.get('page') ?? 1);
    url.searchParams.set('page', String(page + 1));
    const ids = [1, 2, 3, 4, 5, 6, 7].slice(2 * page - 2, 2 * page);
    const next = page < 4 ? `${this.urls[0]}${url.pathname}${url.search}` : null;
    return answer(response, 200, { count: 7, previous: null, next, results: ids.map((id) => this.sound(id)) });
  }

  private sound(id: number): object {
    const license = id === 3 ? 'http://creativecommons.org/licenses/sampling+/1.0/' : Object.values(licences)[id % 3];
    return {
      id,
      name: `loop ${id}`,
      username: `author ${id}`,
      license,
      url: `https://freesound.org/people/x/sounds/${id}/`,
      tags: ['loop', 'loop', 'x'.repeat(70)],
      duration: 2,
      previews: { 'preview-hq-mp3': `${this.urls[1]}/${id}-hq.mp3`, 'preview-lq-mp3': '' },
    };
  }

  private preview(_request: IncomingMessage, response: ServerResponse): unknown {
    const fault = this.faults.preview.shift();
    if (fault !== undefined) return fault(response);
    return response.setHeader('content-length', audio.length).end(audio);
  }
}

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

describe('a download from Freesound', () => {
  let folder: string;
  let standIn: StandIn;
  let said: string[];
  let printed: string[];
  const write = { out: process.stdout.write, err: process.stderr.write };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-freesound-'));
    standIn = new StandIn();
    await standIn.start();
    [said, printed] = [[], []];
    process.stdout.write = (text: string | Uint8Array) => printed.push(String(text)) > 0;
    process.stderr.write = (text: string | Uint8Array) => said.push(String(text)) > 0;
  });
  afterEach(async () => {
    Object.assign(process.stdout, { write: write.out });
    Object.assign(process.stderr, { write: write.err });
    await standIn.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const download = (changes: Partial<Parameters<typeof downloadFreesound>[1]> = {}) =>
    downloadFreesound(standIn.api, {
      folder,
      terms: { techno: 'techno loop' },
      soundsPerGenre: 50,
      licences: ['cc0', 'by', 'by-nc'],
      minSeconds: 1,
      maxSeconds: 30,
      ...changes,
    });
  const names = async () => (await readdir(join(folder, 'techno'))).sort();
  const total = () => JSON.parse(printed.at(-1) ?? '');

  it('takes page after page, each sound with its licence and author in the form in which the library takes it', async () => {
    expect(await download()).toBe(0);
    expect(total()).toEqual({ downloaded: 6, there: 0, failed: 0 }); // the third has a licence that was not asked for
    expect(await names()).toEqual([1, 2, 4, 5, 6, 7].flatMap((id) => [`freesound-${id}.json`, `freesound-${id}.mp3`]));
    const described = sampleChange.parse(JSON.parse(await readFile(join(folder, 'techno/freesound-1.json'), 'utf8')));
    expect(described).toEqual({
      tags: ['loop'],
      licence: 'CC-BY-4.0',
      author: 'author 1',
      source: 'freesound',
      url: 'https://freesound.org/people/x/sounds/1/',
      metadata: { freesoundId: 1, name: 'loop 1', licenceUrl: licences.by },
    });
    const asked = standIn.requests[0]?.url.searchParams;
    expect(asked?.get('query')).toBe('techno loop');
    expect(asked?.get('filter')).toBe('duration:[1 TO 30] license:("Creative Commons 0" OR "Attribution" OR "Attribution NonCommercial")');
  });

  it('tells the key to the API alone', async () => {
    await download();
    const told = standIn.requests.filter(({ authorization }) => authorization !== undefined);
    expect(told.every(({ url }) => url.pathname === '/apiv2/search/')).toBe(true);
    expect(standIn.requests.filter(({ url }) => url.pathname.endsWith('.mp3'))).toHaveLength(6);
  });

  it('takes only sounds of the licences that are asked for, whatever comes, and no more than wanted', async () => {
    expect(await download({ licences: ['cc0'] })).toBe(0);
    expect(await names()).toEqual(['freesound-6.json', 'freesound-6.mp3']);
    expect(said.join('')).toContain('Freesound has no more than 1');
    expect(await download({ soundsPerGenre: 2 })).toBe(0);
    expect(total()).toEqual({ downloaded: 2, there: 0, failed: 0 });
  });

  it('waits as long as it is told when there were too many requests, and as long as one counts otherwise', async () => {
    standIn.faults.search.push(
      (response) => answer(response, 429, { detail: 'Request was throttled' }, { 'retry-after': '7' }),
      (response) => answer(response, 429, { detail: 'Request was throttled' }),
      (response) => answer(response, 429, {}, { 'retry-after': new Date(Date.now() + 9_000).toUTCString() }),
      (response) => answer(response, 503, {}),
    );
    expect(await download()).toBe(0);
    const [told, minute, date, failed] = standIn.pauses;
    expect([told, minute, failed]).toEqual([7_000, 60_000, 16_000]);
    expect(date).toBeGreaterThan(5_000);
    expect(date).toBeLessThanOrEqual(9_000);
  });

  it('ends where the limit of a day is reached, and goes on later', async () => {
    standIn.faults.preview.push(
      (response) => response.setHeader('content-length', audio.length).end(audio),
      (response) => answer(response, 429, {}, { 'retry-after': '40000' }),
    );
    await expect(download()).rejects.toMatchObject({ exitCode: 6 });
    expect(await names()).toEqual(['freesound-1.json', 'freesound-1.mp3']);
    expect(await download()).toBe(0);
    expect(total()).toEqual({ downloaded: 5, there: 1, failed: 0 });
    expect(await download()).toBe(0);
    expect(total()).toEqual({ downloaded: 0, there: 6, failed: 0 });
  });

  it('leaves no half of a file, nothing that is no audio, and says what is missing', async () => {
    standIn.faults.preview.push(
      (response) => {
        response.writeHead(200, { 'content-length': audio.length }).write(audio.subarray(0, 50));
        setTimeout(() => response.destroy(), 20);
      },
      (response) => response.end('<html>a page</html>'),
      (response) => answer(response, 404, {}),
    );
    expect(await download()).toBe(3);
    expect(total()).toEqual({ downloaded: 3, there: 0, failed: 3 });
    expect(await names()).toEqual([5, 6, 7].flatMap((id) => [`freesound-${id}.json`, `freesound-${id}.mp3`]));
    expect(said.join('')).toContain('freesound 2: what came is no audio');
    expect(await download()).toBe(0);
    expect(await names()).toHaveLength(12);
  });

  it('ends with a wrong key, with answers that are not understood, and where nobody answers', async () => {
    const { url } = standIn;
    const wrong = new FreesoundApi({ url, key: 'another' });
    standIn.api = wrong;
    await expect(download()).rejects.toMatchObject({ exitCode: 4 });
    standIn.api = new FreesoundApi({ url, key });
    standIn.faults.search.push((response) => answer(response, 200, { results: 'none' }));
    await expect(download()).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining('not understood') });
    standIn.api = new FreesoundApi({ url: 'http://127.0.0.1:1', key }, async () => undefined);
    await expect(download()).rejects.toMatchObject({ exitCode: 7 });
    expect(await names()).toEqual([]);
  });
});
