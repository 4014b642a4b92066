// What the old keyword system's routes answer, by a real extractor. The form of each answer stands in
// old-clients/old-requests.system.spec.ts.
import { wavFile } from '@earshot/audio';
import { keywordBatch, keywordHealth, keywordMetrics, keywordModelInfo, keywordPrediction } from '@earshot/contracts';
import { type Workspace, Workspaces } from '@earshot/database';
import { startExtractor } from '../testing/extractor-process.js';
import { registerModel, type Sent, sendFiles } from '../testing/old-clients.js';
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

const text: Sent = ['notes.txt', new TextEncoder().encode('not audio at all')];
const send = (path: string, field: string, files: Sent[], headers: Record<string, string> = {}) =>
  sendFiles(gateway, path, field, files, { headers });
const get = async (path: string) => (await gateway.fetch(path)).json();
const seconds = (length: number) => {
  const samples = Float32Array.from({ length: 8_000 * length }, (_, i) => 0.5 * Math.sin(i / (3 + i / 8_000)));
  return Uint8Array.from(wavFile([samples], { sampleRate: 8_000 }));
};

describe("the old keyword system's routes", () => {
  it('are not well while there is no model', async () => {
    expect(keywordHealth.parse(await get('/health'))).toMatchObject({ status: 'degraded', model_available: false, total_predictions: 0 });
    for (const seed of [1, 2, 3]) await registerModel(gateway, workspace, { classifier: 'keywords', labels: ['no', 'yes'], seed });
  });

  it('tell the keyword of a file by the version that MODEL_VERSION names', async () => {
    const response = await send('/api/predict', 'file', [['yes.wav', tone(310)]]);
    expect(response.status).toBe(200);
    const { confidence, keyword, model_version } = keywordPrediction.parse(await response.json());
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
    expect(results[1]).toMatchObject({ code: 'AUDIO_FORMAT_UNKNOWN', error: expect.any(String) });
    const allBad = await send('/api/batch-predict', 'files', [text, text]);
    expect([allBad.status, await allBad.json()]).toMatchObject([200, { total: 2, successful: 0, failed: 2 }]);
  });

  it('refuse formats that the old system did not take', async () => {
    const aiff = new Uint8Array(64);
    aiff.set(new TextEncoder().encode('FORM'), 0);
    aiff.set(new TextEncoder().encode('AIFF'), 8);
    const refused = await send('/api/predict', 'file', [['a.aiff', aiff]]);
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'AUDIO_FORMAT_UNKNOWN' }]);
  });

  it('show a page to browsers and JSON to programs', async () => {
    const form: Sent[] = [['<b>.wav', tone(350)]];
    const page = await send('/transcribe', 'file', form, { accept: 'text/html' });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    expect(html).toMatch(/<p class="keyword">(no|yes)<\/p>/);
    expect(html).toContain('&#60;b&#62;.wav');
    const json = await send('/transcribe', 'file', form, { accept: 'application/json' });
    expect(keywordPrediction.parse(await json.json()).keyword).toMatch(/^(no|yes)$/);
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
