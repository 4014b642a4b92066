// The loop that clients of the old talent system drive, answered by a real extractor and a real trainer. The form of each answer stands in
// old-clients/old-requests.system.spec.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  talentBatch,
  talentFeatureInfo,
  talentMetrics,
  talentModelInfo,
  talentPrediction,
  talentRetrainStarted,
  talentTrainStatus,
  talentUpload,
} from '@earshot/contracts';
import { type Workspace, Workspaces } from '@earshot/database';
import { jest } from '@jest/globals';
import { start } from '../start.js';
import { startExtractor, startTrainer } from '../testing/extractor-process.js';
import { notAudio, registerModel, type Sent, sendFiles, voice } from '../testing/old-clients.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(120_000); // a whole training, on machines of any speed

let gateway: TestGateway;
let workers: { stop(): Promise<void> }[] = [];
let workspace: Workspace;
beforeAll(async () => {
  gateway = await startTestGateway({ API_VERSION: '1.0.0' });
  workers = await Promise.all([startExtractor(gateway), startTrainer(gateway)]);
  workspace = await new Workspaces(gateway.database).named('default');
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await gateway.close();
});

const send = (path: string, field: string, files: Sent[], more: { labels?: string } = {}) => sendFiles(gateway, path, field, files, more);
const get = async (path: string) => (await gateway.fetch(`/api/v1${path}`)).json();
const retrain = (body: object) =>
  gateway.fetch('/api/v1/retrain', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Until the training has ended; each state that was seen on the way. */
async function polled(id: string) {
  const seen = [];
  for (;;) {
    const status = talentTrainStatus.parse(await get(`/train-status/${id}`));
    seen.push(status);
    if (status.status === 'completed' || status.status === 'failed') return { last: status, seen };
    await sleep(100);
  }
}

describe("the old talent system's routes without a model", () => {
  it('say so', async () => {
    expect(await get('/health')).toMatchObject({ status: 'degraded', model_loaded: false, version: '1.0.0' });
    expect(await (await gateway.fetch('/version')).json()).toEqual({ version: '1.0.0' });
    expect(talentModelInfo.parse(await get('/model-info'))).toMatchObject({ status: 'not_loaded', classes: [], features_count: 37 });
    expect(talentTrainStatus.parse(await get('/train-status'))).toMatchObject({ status: 'idle', progress: 0, training_id: null });
  });
});

describe("the old talent system's predictions", () => {
  beforeAll(() => registerModel(gateway, workspace, { classifier: 'talent', labels: ['bad', 'good'] }));

  it('add up, and are what the threshold says', async () => {
    const body = await (await send('/api/v1/predictions/single', 'file', [['a.wav', voice(1, true)]])).json();
    const { filename, label, prediction, confidence, probability_good, probability_bad } = talentPrediction.parse(body);
    expect([filename, prediction]).toEqual(['a.wav', label]);
    expect(probability_good + probability_bad).toBeCloseTo(1, 5);
    expect(label).toBe(probability_good >= 0.5 ? 'good' : 'bad');
    expect(confidence).toBe(Math.max(probability_good, probability_bad));
  });

  it('of a batch go on past bad files', async () => {
    const response = await send('/api/v1/predictions/batch', 'files', [['a.wav', voice(1, true)], notAudio, ['b.wav', voice(2, false)]]);
    const { results, predictions, errors, ...counts } = talentBatch.parse(await response.json());
    expect(counts).toMatchObject({ total: 3, successful: 2, failed: 1 });
    expect(predictions).toEqual(results);
    expect(results.map(({ filename }) => filename)).toEqual(['a.wav', 'b.wav']);
    expect(errors).toEqual([{ index: 1, filename: 'notes.wav', code: 'AUDIO_FORMAT_UNKNOWN', message: expect.any(String) }]);
  });
});

describe('the old loop', () => {
  const probe: Sent[] = [['probe.wav', voice(77, true)]];
  const predicted = async () => talentPrediction.parse(await (await send('/api/v1/predictions/single', 'file', probe)).json());

  it('takes labelled files by name and by field, and says which have no label', async () => {
    const named = Array.from({ length: 16 }, (_, i): Sent => [`${i % 2 === 0 ? 'good' : 'bad'}_${i}.wav`, voice(100 + i, i % 2 === 0)]);
    const body = await (await send('/api/v1/upload-data', 'files', [...named, ['plain.wav', voice(50, true)], notAudio])).json();
    expect(talentUpload.parse(body)).toMatchObject({ total_files: 18, uploaded_files: 17, failed_files: 1, unlabelled: ['plain.wav'] });
    const others = Array.from({ length: 4 }, (_, i): Sent => [`${i}.wav`, voice(200 + i, i < 2)]);
    const labelled = await send('/api/v1/upload-data', 'files', others, { labels: 'good,good,bad,bad' });
    expect(talentUpload.parse(await labelled.json())).toMatchObject({ uploaded_files: 4, unlabelled: [] });
    const counts = new Map((await workspace.datasets.labels('uploads')).map(({ label, clips }) => [label, clips]));
    expect(counts).toEqual(
      new Map([
        [null, 1],
        ['bad', 10],
        ['good', 10],
      ]),
    );
  });

  it('retrains on them, tells how far it is, and puts the new version to work', async () => {
    const [before, metricsBefore] = [await predicted(), talentMetrics.parse(await get('/model-metrics'))];
    const asked = await retrain({ data_source: 'uploads', epochs: 20, batch_size: 8, mode: 'full' });
    const { training_id } = talentRetrainStarted.parse(await asked.json());
    const again = talentRetrainStarted.parse(await (await retrain({ epochs: 20 })).json());
    expect(again.training_id).toBe(training_id); // one at a time
    const { last, seen } = await polled(training_id);
    expect(last).toMatchObject({ status: 'completed', progress: 100, total_epochs: 20, message: expect.stringContaining('Version 2') });
    expect(last.epoch).toBeGreaterThan(0);
    expect([last.current_loss, last.current_accuracy]).toEqual([expect.any(Number), expect.any(Number)]);
    const progress = seen.map((status) => status.progress);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(talentTrainStatus.parse(await get('/train-status'))).toMatchObject({ training_id, status: 'completed' });
    expect((await predicted()).probability_good).not.toBe(before.probability_good);
    const metrics = talentMetrics.parse(await get('/model-metrics'));
    expect(metrics).not.toEqual(metricsBefore);
    expect(metrics.confusion_matrix.flat().reduce((sum, count) => sum + count, 0)).toBe(4); // a fifth of 20
    const info = talentModelInfo.parse(await get('/model-info'));
    expect(info).toMatchObject({ status: 'ready', accuracy: metrics.accuracy, classes: ['bad', 'good'], features_count: 37 });
    expect(info.total_samples_trained).toBeGreaterThan(10);
  });

  it('retrains quickly from the weights that are at work', async () => {
    const { training_id } = talentRetrainStarted.parse(await (await retrain({ epochs: 5, batch_size: 8, mode: 'quick' })).json());
    expect((await polled(training_id)).last).toMatchObject({ status: 'completed', epoch: 5 });
    const { provenance } = await workspace.models.versions.withId(training_id);
    expect(provenance['from']).toMatchObject({ version: 2 });
    expect(await workspace.models.aliases.get('talent', 'production')).toMatchObject({ modelVersionId: training_id });
  });

  it('is told by whichever gateway is asked, also after a restart, and ends when it is cancelled', async () => {
    const { training_id } = talentRetrainStarted.parse(await (await retrain({ epochs: 200, batch_size: 8 })).json());
    const restarted = await start(
      { DATABASE_URL: gateway.databaseUrl, EARSHOT_HOME: gateway.home, PORT: '0', DRAIN_SECONDS: '0', LOG_LEVEL: 'fatal' },
      { modelsFolder: gateway.home },
    );
    const toldByIt = await (await fetch(new URL('/api/v1/train-status', restarted.url))).json();
    expect(talentTrainStatus.parse(toldByIt)).toMatchObject({
      training_id,
      total_epochs: 200,
      status: expect.stringMatching(/^(started|training)$/),
    });
    await restarted.close();
    const polling = polled(training_id);
    expect((await gateway.fetch(`/api/v1/jobs/${training_id}/cancel`, { method: 'POST' })).status).toBe(200);
    expect((await polling).last).toMatchObject({ status: 'failed', message: expect.stringContaining('JOB_CANCELLED') });
    expect(talentModelInfo.parse(await get('/model-info'))).toMatchObject({ status: 'ready' }); // by the version before
  });

  it('shows how the features of its uploads are distributed, and sends no picture twice', async () => {
    for (const chart of ['mfcc', 'spectral']) {
      const path = `/api/v1/visualizations/${chart}`;
      const response = await gateway.fetch(path);
      const png = new Uint8Array(await response.arrayBuffer());
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
      const etag = response.headers.get('etag') ?? '';
      const again = await gateway.fetch(path, { headers: { 'if-none-match': etag } });
      expect([again.status, again.headers.get('etag')]).toEqual([304, etag]);
    }
  });

  it('explains the features by what is stored of the uploads', async () => {
    const info = talentFeatureInfo.parse(await get('/visualizations/feature-info'));
    expect(info['zcr']?.good_singers).toMatch(/^[\d.e-]+ ± [\d.e-]+ crossings a sample \(mean and standard deviation of 10 clips\)$/);
    const meanOf = (words = '') => Number(/^[\d.e-]+/.exec(words)?.[0]);
    expect(meanOf(info['zcr']?.bad_singers)).toBeGreaterThan(meanOf(info['zcr']?.good_singers)); // they are noisier
  });
});
