// The old talent system's clients: the loop that they drive, answered by a real extractor and a real trainer.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wavFile } from '@earshot/audio';
import {
  decision,
  talentBatch,
  talentFeatureInfo,
  talentHealth,
  talentMetrics,
  talentModelInfo,
  talentPrediction,
  talentRetrainStarted,
  talentTrainStatus,
  talentUpload,
} from '@earshot/contracts';
import { type Workspace, Workspaces } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { Random } from '@earshot/learning';
import { trainedArtifact } from '@earshot/learning/testing';
import { FolderBlobStore } from '@earshot/storage';
import { jest } from '@jest/globals';
import { startExtractor, startTrainer } from '../testing/extractor-process.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(120_000); // a whole training, on machines of any speed

const origin = 'http://localhost:3000';
let gateway: TestGateway;
let workers: { stop(): Promise<void> }[] = [];
let workspace: Workspace;
beforeAll(async () => {
  gateway = await startTestGateway({ CORS_ORIGINS: origin, MAX_UPLOAD_SIZE: '1000000', API_VERSION: '1.0.0' });
  workers = await Promise.all([startExtractor(gateway), startTrainer(gateway)]);
  workspace = await new Workspaces(gateway.database).named('default');
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await gateway.close();
});

type Sent = [name: string, bytes: Uint8Array<ArrayBuffer>];
const text: Sent = ['notes.wav', new TextEncoder().encode('not audio at all')];
/** A voice: steady and low in noise, or wavering in much of it. */
function voice(seed: number, isGood: boolean): Uint8Array<ArrayBuffer> {
  const random = new Random(seed, 'voice');
  const hz = 200 + 100 * random.uniform(0);
  const samples = Float32Array.from({ length: 11_025 }, (_, t) => {
    const wavering = isGood ? 0 : 3 * Math.sin((2 * Math.PI * 7 * t) / 22_050);
    return 0.3 * Math.sin((2 * Math.PI * hz * t) / 22_050 + wavering) + (isGood ? 0.01 : 0.2) * (random.uniform(1 + t) - 0.5);
  });
  return Uint8Array.from(wavFile([samples], { sampleRate: 22_050 }));
}
const send = (path: string, field: string, files: Sent[], more: { headers?: Record<string, string>; labels?: string } = {}) => {
  const form = new FormData();
  if (more.labels !== undefined) form.append('labels', more.labels);
  for (const [name, bytes] of files) form.append(field, new Blob([bytes]), name);
  return gateway.fetch(path, { method: 'POST', body: form, headers: more.headers ?? {} });
};
const get = async (path: string) => (await gateway.fetch(`/api/v1${path}`)).json();
const retrain = (body: object) =>
  gateway.fetch('/api/v1/retrain', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const keysOf = (value: object) => Object.keys(value).sort();
const told = async (response: Response) => [response.status, await response.json()];

async function register(): Promise<void> {
  const store = new FolderBlobStore({ folder: join(gateway.home, 'blobs') });
  const artifact = await store.put(workspace.id, await trainedArtifact({ seed: 1 }));
  const { id: profile, hash: profileHash } = getProfile('talent-37@1');
  const facts = { recipe: 'talent-mlp', profile, profileHash, labels: ['bad', 'good'], decision: decision.parse({}) };
  const said = { provenance: {}, metrics: {}, card: {} };
  const model = { id: randomUUID(), classifier: 'talent', artifact, datasetVersionId: null, ...facts, ...said };
  await workspace.models.versions.registerOnce(model);
}

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
  it('are degraded, idle, and answer 503', async () => {
    const health = await get('/health');
    expect(keysOf(talentHealth.parse(health))).toEqual(['model_loaded', 'status', 'timestamp', 'version']);
    expect(health).toMatchObject({ status: 'degraded', model_loaded: false, version: '1.0.0' });
    expect(talentModelInfo.parse(await get('/model-info'))).toEqual({
      model_name: 'talent',
      status: 'not_loaded',
      accuracy: null,
      total_samples_trained: 0,
      classes: [],
      features_count: 37,
    });
    expect(talentTrainStatus.parse(await get('/train-status'))).toMatchObject({ status: 'idle', progress: 0 });
    const file: Sent[] = [['a.wav', voice(1, true)]];
    expect(await told(await send('/api/v1/predictions/single', 'file', file))).toMatchObject([503, { code: 'CLASSIFIER_NOT_FOUND' }]);
    expect((await gateway.fetch('/api/v1/model-metrics')).status).toBe(503);
  });

  it('tell a version and greet as both old systems did', async () => {
    expect(await (await gateway.fetch('/version')).json()).toEqual({ version: '1.0.0' });
    const index = await (await gateway.fetch('/', { headers: { accept: 'application/json' } })).json();
    expect(keysOf(index)).toEqual(expect.arrayContaining(['docs', 'endpoints', 'health', 'message', 'name', 'version']));
  });

  it('refuse to retrain on fewer than 10 labelled files', async () => {
    expect(await told(await retrain({}))).toMatchObject([400, { code: 'DATASET_TOO_SMALL', detail: expect.any(String) }]);
  });

  it('know no training of another id', async () => {
    expect((await gateway.fetch(`/api/v1/train-status/${randomUUID()}`)).status).toBe(404);
    expect((await gateway.fetch('/api/v1/train-status/nothing')).status).toBe(404);
  });
});

describe("the old talent system's predictions", () => {
  beforeAll(register);

  it('have the keys of the old ones, and add up', async () => {
    const response = await send('/api/v1/predictions/single', 'file', [['a.wav', voice(1, true)]], { headers: { origin } });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    const body = await response.json();
    expect(keysOf(body)).toEqual(['confidence', 'filename', 'label', 'prediction', 'probability_bad', 'probability_good', 'timestamp']);
    const { filename, label, prediction, confidence, probability_good, probability_bad } = talentPrediction.parse(body);
    expect([filename, prediction]).toEqual(['a.wav', label]);
    expect(probability_good + probability_bad).toBeCloseTo(1, 5);
    expect(label).toBe(probability_good >= 0.5 ? 'good' : 'bad');
    expect(confidence).toBe(Math.max(probability_good, probability_bad));
  });

  it('of a batch go on past bad files', async () => {
    const response = await send('/api/v1/predictions/batch', 'files', [['a.wav', voice(1, true)], text, ['b.wav', voice(2, false)]]);
    const body = await response.json();
    expect(keysOf(body)).toEqual(['errors', 'failed', 'predictions', 'results', 'successful', 'timestamp', 'total']);
    const { results, predictions, errors, ...counts } = talentBatch.parse(body);
    expect(counts).toMatchObject({ total: 3, successful: 2, failed: 1 });
    expect(predictions).toEqual(results);
    expect(results.map(({ filename }) => filename)).toEqual(['a.wav', 'b.wav']);
    expect(errors).toEqual([{ index: 1, filename: 'notes.wav', code: 'AUDIO_FORMAT_UNKNOWN', message: expect.any(String) }]);
  });

  it('of more files than a result carries are all there', async () => {
    const files = Array.from({ length: 60 }, (_, i): Sent => [`${i}.wav`, voice(i % 4, true)]);
    const { results } = talentBatch.parse(await (await send('/api/v1/predictions/batch', 'files', files)).json());
    expect(results.map(({ filename }) => filename)).toEqual(files.map(([name]) => name));
  });

  it('refuse a bad or a large file with 400 and the reason', async () => {
    const refused = await send('/api/v1/predictions/single', 'file', [text]);
    expect(await told(refused)).toMatchObject([400, { code: 'AUDIO_FORMAT_UNKNOWN', detail: expect.any(String) }]);
    const large = new Uint8Array(1_000_001);
    large.set(voice(1, true).subarray(0, 44));
    expect(await told(await send('/api/v1/predictions/single', 'file', [['a.wav', large]]))).toMatchObject([
      400,
      { code: 'FILE_TOO_LARGE' },
    ]);
  });

  it('answer 202 to whoever prefers that', async () => {
    const response = await send('/api/v1/predictions/single', 'file', [['a.wav', voice(9, true)]], {
      headers: { prefer: 'respond-async' },
    });
    expect([response.status, response.headers.get('location')]).toEqual([202, `/api/v1/jobs/${(await response.json()).id}`]);
  });
});

describe('the old loop', () => {
  const probe: Sent[] = [['probe.wav', voice(77, true)]];
  const predicted = async () => talentPrediction.parse(await (await send('/api/v1/predictions/single', 'file', probe)).json());

  it('takes labelled files by name and by field, and says which have no label', async () => {
    const named = Array.from({ length: 16 }, (_, i): Sent => [`${i % 2 === 0 ? 'good' : 'bad'}_${i}.wav`, voice(100 + i, i % 2 === 0)]);
    const body = await (await send('/api/v1/upload-data', 'files', [...named, ['plain.wav', voice(50, true)], text])).json();
    expect(keysOf(body)).toEqual(expect.arrayContaining(['failed_files', 'message', 'timestamp', 'total_files', 'uploaded_files']));
    expect(talentUpload.parse(body)).toMatchObject({ total_files: 18, uploaded_files: 17, failed_files: 1, unlabelled: ['plain.wav'] });
    const others = Array.from({ length: 4 }, (_, i): Sent => [`${i}.wav`, voice(200 + i, i < 2)]);
    const labelled = await send('/api/v1/upload-data', 'files', others, { labels: 'good,good,bad,bad' });
    expect(talentUpload.parse(await labelled.json())).toMatchObject({ uploaded_files: 4, unlabelled: [] });
    const wrong = await send('/api/v1/upload-data', 'files', others, { labels: 'good,good,bad,superb' });
    expect(await told(wrong)).toMatchObject([400, { code: 'REQUEST_INVALID' }]);
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
    const body = await (await retrain({ data_source: 'uploads', epochs: 20, batch_size: 8, mode: 'full' })).json();
    expect(keysOf(body)).toEqual(['message', 'status', 'timestamp', 'training_id']);
    const { training_id } = talentRetrainStarted.parse(body);
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
    expect(keysOf(metrics)).toEqual(['accuracy', 'class_labels', 'confusion_matrix', 'f1_score', 'precision', 'recall']);
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

  it('explains the features by what is stored of the uploads', async () => {
    const info = talentFeatureInfo.parse(await get('/visualizations/feature-info'));
    expect(keysOf(info['rms']!)).toEqual(['bad_singers', 'description', 'good_singers', 'interpretation']);
    expect(info['zcr']?.good_singers).toMatch(/^[\d.e-]+ ± [\d.e-]+ crossings a sample \(mean and standard deviation of 10 clips\)$/);
    const meanOf = (words = '') => Number(/^[\d.e-]+/.exec(words)?.[0]);
    expect(meanOf(info['zcr']?.bad_singers)).toBeGreaterThan(meanOf(info['zcr']?.good_singers)); // they are noisier
  });
});
