// Files that are audio by their first bytes and then lie: gateway and extractor together have to say so, item by item.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { problem } from '@earshot/contracts';
import { startTestPostgres } from '@earshot/database/testing';
import { start as startExtractor } from '@earshot/extractor';
import { start as startGateway } from '@earshot/gateway';

type File = Uint8Array<ArrayBuffer>;

let url: string;
const closings: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const postgres = await startTestPostgres();
  const home = await mkdtemp(join(tmpdir(), 'earshot-bad-audio-'));
  closings.push(
    () => rm(home, { recursive: true, force: true }),
    () => postgres.stop(),
  );
  const env = {
    DATABASE_URL: await postgres.createDatabase(),
    EARSHOT_HOME: home,
    PORT: '0',
    HEALTH_PORT: '0',
    DRAIN_SECONDS: '0',
    LOG_LEVEL: 'fatal',
    EARSHOT_SANDBOX_CHILDREN: '1',
  };
  const gateway = await startGateway(env);
  closings.push(() => gateway.close());
  const extractor = await startExtractor(env);
  closings.push(() => extractor.close());
  url = gateway.url ?? '';
}, 120_000);
afterAll(async () => {
  for (const close of closings.toReversed()) await close();
}, 60_000);

async function describeFile(bytes: File): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([bytes]), 'file.wav');
  return fetch(new URL('/api/v1/descriptions', url), { method: 'POST', body: form, headers: { prefer: 'wait=30' } });
}

/** One second of a tone at 8 kHz, 16 bits, with some of its bytes changed. */
function tone(change: (view: DataView) => void = () => undefined): File {
  const samples = Float32Array.from({ length: 8_000 }, (_, i) => 0.5 * Math.sin(i / 3));
  const bytes = Uint8Array.from(wavFile([samples], { sampleRate: 8_000, sampleFormat: 'pcm16' }));
  change(new DataView(bytes.buffer));
  return bytes;
}

describe('a description of a file that lies', () => {
  it('is given for the same file when it does not', async () => {
    const response = await describeFile(tone());
    expect(response.status).toBe(200);
    const { items } = await response.json();
    expect(items[0].result).toMatchObject({ sampleRate: 8_000, channels: 1, frames: 8_000, durationSeconds: 1 });
  }, 60_000);

  it.each([
    ['says 0 channels', tone((wav) => wav.setUint16(22, 0, true)), 'AUDIO_OUT_OF_RANGE'],
    ['says a sample rate of 1', tone((wav) => wav.setUint32(24, 1, true)), 'AUDIO_OUT_OF_RANGE'],
    ['says a sample rate of 0', tone((wav) => wav.setUint32(24, 0, true)), 'AUDIO_OUT_OF_RANGE'],
    ['is only a header', tone().slice(0, 44), 'AUDIO_EMPTY'],
    ['is only half a header', tone().slice(0, 20), 'AUDIO_UNREADABLE'],
  ])(
    'is a problem with a code when it %s',
    async (_what, bytes, code) => {
      const response = await describeFile(bytes);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const document = problem.parse(await response.json());
      expect(document.code).toBe(code);
      expect(response.status).toBe(422);
    },
    60_000,
  );

  it('counts the samples that are there, whatever sizes the header says', async () => {
    const liars = [tone((wav) => wav.setUint32(40, 0x7fffffff, true)), tone((wav) => wav.setUint32(4, 0xffffffff, true))];
    for (const bytes of liars) {
      const response = await describeFile(bytes);
      expect((await response.json()).items[0].result).toMatchObject({ frames: 8_000, durationSeconds: 1 });
    }
  }, 60_000);

  it('costs the other files of the request nothing', async () => {
    const form = new FormData();
    const files = [tone(), tone((wav) => wav.setUint16(22, 0, true)), tone()];
    for (const [i, bytes] of files.entries()) form.append('file', new Blob([bytes]), `${i}.wav`);
    const response = await fetch(new URL('/api/v1/descriptions', url), { method: 'POST', body: form, headers: { prefer: 'wait=30' } });
    const { items, counts } = await response.json();
    expect(items.map(({ state }: { state: string }) => state)).toEqual(['succeeded', 'failed', 'succeeded']);
    expect(counts).toMatchObject({ total: 3, succeeded: 2, failed: 1 });
  }, 60_000);
});
