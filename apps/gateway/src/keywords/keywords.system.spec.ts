// The old keyword system's clients, whose requests a real extractor answers.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { decision, keywordBatch, keywordHealth, keywordMetrics, keywordModelInfo, keywordPrediction } from '@earshot/contracts';
import { type Workspace, Workspaces } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { trainedArtifact } from '@earshot/learning/testing';
import { FolderBlobStore } from '@earshot/storage';
import { startExtractor } from '../testing/extractor-process.js';
import { tone } from '../testing/sounds.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
let extractor: { stop(): Promise<void> };
let workspace: Workspace;
beforeAll(async () => {
  gateway = await startTestGateway({ MODEL_VERSION: 'v2' });
  extractor = await startExtractor(gateway);
  workspace = await new Workspaces(gateway.database).named('default');
}, 60_000);
afterAll(async () => {
  await extractor.stop();
  await gateway.close();
});

async function register(seed: number): Promise<void> {
  const store = new FolderBlobStore({ folder: join(gateway.home, 'blobs') });
  const artifact = await store.put(workspace.id, await trainedArtifact({ seed, hidden: [8], dropout: [0] }));
  const { id: profile, hash: profileHash } = getProfile('talent-37@1');
  const facts = { recipe: 'talent-mlp', profile, profileHash, labels: ['no', 'yes'], decision: decision.parse({}) };
  const said = { provenance: {}, metrics: {}, card: {} };
  await workspace.models.versions.register({
    id: randomUUID(),
    classifier: 'keywords',
    artifact,
    datasetVersionId: null,
    ...facts,
    ...said,
  });
}

type Sent = [name: string, bytes: Uint8Array<ArrayBuffer>];
const text: Sent = ['notes.txt', new TextEncoder().encode('not audio at all')];
const formIn = (field: string, files: Sent[]) => {
  const form = new FormData();
  for (const [name, bytes] of files) form.append(field, new Blob([bytes]), name);
  return form;
};
const send = (path: string, field: string, files: Sent[], headers: Record<string, string> = {}) =>
  gateway.fetch(path, { method: 'POST', body: formIn(field, files), headers });
const get = async (path: string) => (await gateway.fetch(path)).json();
const keysOf = (value: object) => Object.keys(value).sort();
const seconds = (length: number) => {
  const samples = Float32Array.from({ length: 8_000 * length }, (_, i) => 0.5 * Math.sin(i / (3 + i / 8_000)));
  return Uint8Array.from(wavFile([samples], { sampleRate: 8_000 }));
};

const answerKeys = ['confidence', 'keyword', 'model_version', 'processing_time', 'timestamp'];

describe("the old keyword system's routes", () => {
  it('say 503 while there is no model, and that they are not well', async () => {
    const refused = await send('/api/predict', 'file', [['a.wav', tone(300)]]);
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'CLASSIFIER_NOT_FOUND', detail: expect.any(String) }]);
    expect((await gateway.fetch('/api/model-info')).status).toBe(503);
    expect(keywordHealth.parse(await get('/health'))).toMatchObject({ status: 'degraded', model_available: false, total_predictions: 0 });
    for (const seed of [1, 2, 3]) await register(seed);
  });

  it('tell the keyword of a file by the version that MODEL_VERSION names', async () => {
    const response = await send('/api/predict', 'file', [['yes.wav', tone(310)]]);
    expect(response.status).toBe(200);
    const body = await response.json();
    expect(keysOf(body)).toEqual(answerKeys);
    const { confidence, keyword, model_version } = keywordPrediction.parse(body);
    expect(['no', 'yes']).toContain(keyword);
    expect([model_version, confidence]).toEqual(['v2', Number(confidence.toFixed(4))]);
  });

  it('slide over longer audio, and refuse what is longer than 10 s', async () => {
    const { windows, keyword, confidence } = keywordPrediction.parse(
      await (await send('/api/predict', 'file', [['long.wav', seconds(5)]])).json(),
    );
    const surest = windows?.toSorted((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0))[0];
    expect([keyword, confidence]).toEqual([surest?.keyword, surest?.confidence]);
    expect([windows?.[0]?.start, windows?.at(-1)?.end]).toEqual([0, 5]);
    const refused = await send('/api/predict', 'file', [['longer.wav', seconds(11)]]);
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'AUDIO_TOO_LONG' }]);
  });

  it('answer a batch in its order, whatever a bad file comes to', async () => {
    const response = await send('/api/batch-predict', 'files', [['a.wav', tone(320)], text, ['b.wav', tone(330)], ['c.wav', seconds(12)]]);
    expect(response.status).toBe(200);
    const { results, ...counts } = keywordBatch.parse(await response.json());
    expect(counts).toEqual({ total: 4, successful: 2, failed: 2 });
    expect(results.map(({ filename }) => filename)).toEqual(['a.wav', 'notes.txt', 'b.wav', 'c.wav']);
    expect(keysOf(results[0]!)).toEqual([...answerKeys, 'filename'].sort());
    expect(results[1]).toMatchObject({ code: 'AUDIO_FORMAT_UNKNOWN', error: expect.any(String) });
    const allBad = await send('/api/batch-predict', 'files', [text, text]);
    expect([allBad.status, await allBad.json()]).toMatchObject([200, { total: 2, successful: 0, failed: 2 }]);
  });

  it('refuse one bad file with 400 and the reason', async () => {
    const refused = await send('/api/predict', 'file', [text]);
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'AUDIO_FORMAT_UNKNOWN', detail: expect.any(String) }]);
    const aiff = new Uint8Array(64);
    aiff.set(new TextEncoder().encode('FORM'), 0);
    aiff.set(new TextEncoder().encode('AIFF'), 8);
    expect((await send('/api/predict', 'file', [['a.aiff', aiff]])).status).toBe(400);
    const large = new Uint8Array(10_000_001);
    large.set(tone(1).subarray(0, 44));
    expect((await send('/api/predict', 'file', [['large.wav', large]])).status).toBe(400);
  });

  it('answer 202 at once to whoever prefers that, with the job', async () => {
    const response = await send('/api/predict', 'file', [['a.wav', tone(340)]], { prefer: 'respond-async' });
    expect(response.status).toBe(202);
    const { id } = await response.json();
    expect(response.headers.get('location')).toBe(`/api/v1/jobs/${id}`);
  });

  it('show a page to browsers and JSON to programs', async () => {
    const form: Sent[] = [['<b>.wav', tone(350)]];
    const page = await send('/transcribe', 'file', form, { accept: 'text/html' });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    expect(html).toMatch(/<p class="keyword">(no|yes)<\/p>/);
    expect(html).toContain('&#60;b&#62;.wav');
    const json = await send('/transcribe', 'file', form, { accept: 'application/json' });
    expect(keysOf(keywordPrediction.parse(await json.json()))).toEqual(answerKeys);
    const failure = await send('/transcribe', 'file', [text], { accept: 'text/html' });
    expect([failure.status, await failure.text()]).toEqual([400, expect.stringContaining('AUDIO_FORMAT_UNKNOWN')]);
  });

  it('count what they have answered, by keyword and by version', async () => {
    const before = keywordMetrics.parse(await get('/api/metrics'));
    await send('/api/batch-predict', 'files', [['a.wav', tone(360)], ['b.wav', tone(370)], text]);
    const after = keywordMetrics.parse(await get('/api/metrics'));
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
    expect(after.total_predictions).toBe(before.total_predictions + 2);
    expect(sum(after.predictions_by_keyword)).toBe(after.total_predictions);
    expect(after.predictions_by_version).toEqual({ v2: after.total_predictions });
    expect(after.error_rate).toBeGreaterThan(0);
    expect(after.avg_processing_time).toBeGreaterThan(0);
    expect(after.p95_processing_time).toBeGreaterThan(0);
    expect(keywordHealth.parse(await get('/health'))).toMatchObject({ status: 'healthy', total_predictions: after.total_predictions });
  });

  it('tell of the model what is known of it', async () => {
    const told = keywordModelInfo.parse(await get('/api/model-info'));
    expect(told).toMatchObject({ model_version: 'v2', keywords: ['no', 'yes'], architecture: 'talent-mlp', accuracy: null });
    expect(told.parameters).toBeGreaterThan(37 * 8);
  });
});
