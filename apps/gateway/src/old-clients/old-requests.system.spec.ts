// Every route of the old talent and keyword systems, as their clients call it: status, type, keys and types of what is answered. What a
// table cannot say stands in talent.system.spec.ts and keywords.system.spec.ts.
import { randomUUID } from 'node:crypto';
import { type Workspace, Workspaces } from '@earshot/database';
import { startExtractor } from '../testing/extractor-process.js';
import { notAudio, registerModel, type Sent, sendFiles, voice } from '../testing/old-clients.js';
import { tone } from '../testing/sounds.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
let extractor: { stop(): Promise<void> };
let workspace: Workspace;
beforeAll(async () => {
  gateway = await startTestGateway();
  extractor = await startExtractor(gateway);
  workspace = await new Workspaces(gateway.database).named('default');
}, 60_000);
afterAll(async () => {
  await extractor.stop();
  await gateway.close();
});

const html = { accept: 'text/html' };
const program = { accept: 'application/json' };
const one = { file: [['a.wav', tone(300)] as Sent] };
const several = { files: [['a.wav', tone(310)], notAudio, ['b.wav', tone(320)]] as Sent[] };
const onlyBad = { file: [notAudio] };
const voices = Array.from({ length: 10 }, (_, i): Sent => [`${i % 2 === 0 ? 'good' : 'bad'}_${i}.wav`, voice(i, i % 2 === 0)]);

/** A body is a form with one field of files, or JSON. */
type Body = { file: Sent[] } | { files: Sent[] } | { json: object } | null;
/** Keys with their types; more may be there, none may be missing. Where the answer is no JSON, its type. */
type Answer = Record<string, string> | string;
type Row = [ask: string, body: Body, headers: Record<string, string>, status: number, answer: Answer];

const problem = { detail: 'string', code: 'string' };
const told = { timestamp: 'string' };
const talentInfo = { model_name: 'string', status: 'string', total_samples_trained: 'number', classes: 'array', features_count: 'number' };
const trainStatus = {
  ...{ status: 'string', progress: 'number', epoch: 'number', total_epochs: 'number' },
  ...{ current_loss: 'null', current_accuracy: 'null', message: 'string', ...told },
};
const talent = {
  ...{ filename: 'string', label: 'string', prediction: 'string', confidence: 'number' },
  ...{ probability_good: 'number', probability_bad: 'number', ...told },
};
const talents = {
  total: 'number',
  successful: 'number',
  failed: 'number',
  results: 'array',
  predictions: 'array',
  errors: 'array',
  ...told,
};
const keyword = { keyword: 'string', confidence: 'number', processing_time: 'number', model_version: 'string', ...told };
const keywords = { results: 'array', total: 'number', successful: 'number', failed: 'number' };
const keywordHealth = {
  ...{ status: 'string', uptime_seconds: 'number', model_available: 'boolean' },
  ...{ total_predictions: 'number', avg_processing_time: 'number' },
};
const keywordMetrics = {
  ...{ total_predictions: 'number', avg_processing_time: 'number', p95_processing_time: 'number', error_rate: 'number' },
  ...{ uptime_seconds: 'number', memory_mb: 'number', predictions_by_keyword: 'object', predictions_by_version: 'object' },
};
const featureInfo = { mfcc: 'object', spectral_centroid: 'object', spectral_rolloff: 'object', zcr: 'object', rms: 'object' };
const index = { message: 'string', version: 'string', docs: 'string', health: 'string', name: 'string', endpoints: 'object' };

const anyTime: Row[] = [
  ['GET /', null, program, 200, index],
  ['GET /', null, html, 200, 'text/html'],
  ['GET /version', null, {}, 200, { version: 'string' }],
  ['GET /docs', null, html, 200, 'text/html'],
  ['GET /redoc', null, html, 200, 'text/html'],
  ['GET /openapi.json', null, {}, 200, { openapi: 'string', info: 'object', paths: 'object' }],
  ['GET /api/v1/health', null, {}, 200, { status: 'string', model_loaded: 'boolean', version: 'string', ...told }],
  ['GET /health', null, {}, 200, keywordHealth],
  ['GET /api/metrics', null, {}, 200, keywordMetrics],
  [`GET /api/v1/train-status/${randomUUID()}`, null, {}, 404, problem],
];

const withoutModels: Row[] = [
  ['GET /api/v1/model-info', null, {}, 200, { ...talentInfo, accuracy: 'null' }],
  ['GET /api/v1/model-metrics', null, {}, 503, problem],
  ['POST /api/v1/predictions/single', one, {}, 503, problem],
  ['POST /api/v1/predictions/batch', several, {}, 503, problem],
  ['POST /api/v1/retrain', { json: {} }, {}, 400, problem],
  ['GET /api/v1/train-status', null, {}, 200, trainStatus],
  ['GET /api/v1/visualizations/mfcc', null, {}, 404, problem],
  ['GET /api/v1/visualizations/spectral', null, {}, 404, problem],
  ['GET /api/v1/visualizations/feature-info', null, {}, 200, featureInfo],
  ['POST /transcribe', one, html, 503, 'text/html'],
  ['POST /transcribe', one, program, 503, problem],
  ['POST /api/predict', one, {}, 503, problem],
  ['POST /api/batch-predict', several, {}, 503, problem],
  ['GET /api/model-info', null, {}, 503, problem],
];

const withModels: Row[] = [
  ['GET /api/v1/model-info', null, {}, 200, { ...talentInfo, accuracy: 'null', total_samples_trained: 'null' }],
  [
    'GET /api/v1/model-metrics',
    null,
    {},
    200,
    { accuracy: 'null', precision: 'null', recall: 'null', f1_score: 'null', confusion_matrix: 'array', class_labels: 'array' },
  ],
  ['POST /api/v1/predictions/single', one, {}, 200, talent],
  ['POST /api/v1/predictions/single', onlyBad, {}, 400, problem],
  ['POST /api/v1/predictions/single', one, { prefer: 'respond-async' }, 202, { id: 'string' }],
  ['POST /api/v1/predictions/batch', several, {}, 200, talents],
  ['POST /api/v1/predictions/batch', { files: voices }, {}, 200, talents],
  [
    'POST /api/v1/upload-data',
    { files: voices },
    {},
    200,
    { total_files: 'number', uploaded_files: 'number', failed_files: 'number', message: 'string', ...told },
  ],
  ['GET /api/v1/visualizations/mfcc', null, {}, 200, 'image/png'],
  ['GET /api/v1/visualizations/spectral', null, {}, 200, 'image/png'],
  ['GET /api/v1/visualizations/feature-info', null, {}, 200, featureInfo],
  [
    'POST /api/v1/retrain',
    { json: { data_source: 'uploads', epochs: 5, batch_size: 8, mode: 'full' } },
    {},
    200,
    { status: 'string', message: 'string', training_id: 'string', ...told },
  ],
  ['GET /api/v1/train-status', null, {}, 200, trainStatus],
  ['POST /transcribe', one, html, 200, 'text/html'],
  ['POST /transcribe', onlyBad, html, 400, 'text/html'],
  ['POST /transcribe', one, program, 200, keyword],
  ['POST /api/predict', one, {}, 200, keyword],
  ['POST /api/predict', onlyBad, {}, 400, problem],
  ['POST /api/predict', one, { prefer: 'respond-async' }, 202, { id: 'string' }],
  ['POST /api/batch-predict', several, {}, 200, keywords],
  [
    'GET /api/model-info',
    null,
    {},
    200,
    { model_version: 'string', keywords: 'array', architecture: 'string', parameters: 'number', accuracy: 'null', trained_at: 'string' },
  ],
];

function send(ask: string, body: Body, headers: Record<string, string>): Promise<Response> {
  const [method = '', path = ''] = ask.split(' ');
  if (body === null) return gateway.fetch(path, { method, headers });
  if ('file' in body) return sendFiles(gateway, path, 'file', body.file, { headers });
  if ('files' in body) return sendFiles(gateway, path, 'files', body.files, { headers });
  return gateway.fetch(path, { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body.json) });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

async function answers(...[ask, body, headers, status, expected]: Row): Promise<void> {
  const response = await send(ask, body, headers);
  const type = response.headers.get('content-type')?.split(';')[0];
  const isJson = typeof expected !== 'string';
  const answer = isJson ? await response.json() : type;
  const seen = isJson ? Object.fromEntries(Object.keys(expected).map((key) => [key, typeOf(answer[key])])) : answer;
  expect({ status: response.status, answer: seen }).toEqual({ status, answer: expected });
}

describe('requests of the old clients', () => {
  describe('without a model', () => it.each([...anyTime, ...withoutModels])('%s', answers));

  describe('with models', () => {
    beforeAll(async () => {
      await registerModel(gateway, workspace, { classifier: 'talent', labels: ['bad', 'good'] });
      await registerModel(gateway, workspace, { classifier: 'keywords', labels: ['no', 'yes'], seed: 2 });
    });
    it.each([...anyTime, ...withModels])('%s', answers);
  });

  it('are all there are', async () => {
    const { paths } = await (await gateway.fetch('/openapi.json')).json();
    const operations = Object.entries<Record<string, { tags?: string[] }>>(paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { tags = [] }]) =>
        tags.some((tag) => /^(Talent|Keyword) system$/.test(tag)) ? [`${method.toUpperCase()} ${path}`] : [],
      ),
    );
    const asked = [...anyTime, ...withoutModels].map(([ask]) => ask.replace(/[0-9a-f]{8}-[0-9a-f-]{27}$/, '{id}'));
    expect(asked.concat('POST /api/v1/upload-data')).toEqual(expect.arrayContaining(operations));
    expect(operations.length).toBeGreaterThan(15);
  });
});
